package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ExplainTest {
    @Test
    void helpsWithoutReadingALetter() {
        var out = new StringWriter();
        var commandLine = new CommandLine(new Explain(new UnaskedProgram())).setOut(new PrintWriter(out));
        assertThat(commandLine.execute("--help")).isZero();
        assertThat(out.toString()).contains("--smtputf8", "--json");
    }
}
