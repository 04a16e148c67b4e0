package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who doesn't say which letters are meant moves none.
final class QueueTest {
    private static final String ID = "01m8468qb1dasymv";

    /// Says only that it was asked.
    private static final class Asked extends UnaskedProgram {
        @Override
        public ExitCode queue(Path config, PrintWriter err, QueueWork work) {
            return ExitCode.OK;
        }

        /// No daemon runs.
        @Override
        public ExitCode status(Path config, PrintWriter err, Consumer<String> taker) {
            return ExitCode.UNAVAILABLE;
        }
    }

    private static int queue(String words) {
        return Cli.execute(new Asked(), ("queue " + words).strip().split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hold", "release", "retry", "remove"})
    void movesOnlyWhatIsMeant(String verb) {
        for (var wrong : List.of("", "--all --office dupont", ID + " --office dupont", ID + " --all", "../x", "--limit 5",
                "--state lost", "--older-than yesterday")) {
            assertThat(queue(verb + " " + wrong)).as(wrong).isEqualTo(64);
        }
        for (var right : List.of("--all", "--all --limit 5", ID, ID + " " + ID, "--office dupont", "--state hold,deferred",
                "--older-than 2h --recipient @client.example --upstream smarthost")) {
            assertThat(queue(verb + " " + right)).as(right).isZero();
        }
    }

    @Test
    void needsAVerbAndItsLetter() {
        assertThat(queue("")).isEqualTo(64);
        assertThat(queue("show")).isEqualTo(64);
        assertThat(queue("show " + ID)).isZero();
        assertThat(queue("flush " + ID)).isEqualTo(64);
        assertThat(queue("list " + ID + " --office dupont")).isEqualTo(64);
        assertThat(queue("list")).isZero();
    }
}
