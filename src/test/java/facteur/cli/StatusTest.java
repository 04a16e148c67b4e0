package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `--watch`, with somebody else's patience.
final class StatusTest {
    private int looks;

    @Test
    void watchesUntilItIsInterrupted() {
        var page = "\033[H\033[2J";
        assertThat(said("--watch")).containsSubsequence(page, "up 1s", page, "up 2s", page, "up 3s").endsWith("none lately\n");
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void jsonIsNotErased() {
        assertThat(said("--watch", "--json")).startsWith("{").doesNotContain("\033").contains("08:00:01", "08:00:02", "08:00:03");
    }

    @Test
    void looksOnceOtherwise() {
        assertThat(said()).contains("up 1s").doesNotContain("\033");
        assertThat(looks).isEqualTo(1);
    }

    private String said(String... options) {
        var out = new StringWriter();
        var commandLine = new CommandLine(new Status(new Running(), () -> looks < 3)).setOut(new PrintWriter(out));
        assertThat(commandLine.execute(options)).isZero();
        return out.toString();
    }

    /// Has run a second longer at each look.
    private final class Running extends UnaskedProgram {
        @Override
        public ExitCode status(Path config, PrintWriter err, Consumer<String> taker) {
            looks++;
            taker.accept("{ \"startedAt\": \"2026-11-23T08:00:00Z\", \"now\": \"2026-11-23T08:00:0" + looks + "Z\" }\n");
            return ExitCode.OK;
        }
    }
}
