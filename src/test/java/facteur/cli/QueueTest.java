package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.backup.Existing;
import facteur.backup.Restore;
import facteur.config.Problems;
import facteur.settings.OfficeId;
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
    private static final class Asked implements Program {
        @Override
        public ExitCode queue(Path config, PrintWriter err, QueueWork work) {
            return ExitCode.OK;
        }

        @Override
        public Problems check(Path config) {
            throw new AssertionError();
        }

        @Override
        public ExitCode run(Path config, PrintWriter out, PrintWriter err) {
            throw new AssertionError();
        }

        @Override
        public ExitCode reload(Path config, PrintWriter out, PrintWriter err) {
            throw new AssertionError();
        }

        @Override
        public ExitCode evict(Path config, OfficeId office, PrintWriter out, PrintWriter err) {
            throw new AssertionError();
        }

        @Override
        public ExitCode status(Path config, PrintWriter err, Consumer<String> taker) {
            throw new AssertionError("not asked for");
        }

        @Override
        public ExitCode backup(Path config, Path target, Existing existing, PrintWriter out, PrintWriter err) {
            throw new AssertionError("not asked for");
        }

        @Override
        public ExitCode restore(
                Path config, Path archive, Existing existing, Restore.Waiting waiting, PrintWriter out, PrintWriter err) {
            throw new AssertionError("not asked for");
        }

        @Override
        public ExitCode configured(Path config, PrintWriter err, ConfiguredWork work) {
            throw new AssertionError();
        }

        @Override
        public ExitCode domains(Path config, PrintWriter err, DomainWork work) {
            throw new AssertionError("not asked");
        }

        @Override
        public Explanation explain(Path config, Inquiry inquiry) {
            throw new AssertionError();
        }

        @Override
        public String version() {
            return "test";
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
