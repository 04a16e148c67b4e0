package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ProblemsTest {
    private static final Path FILE = Path.of("conf", "facteur.yaml");

    private final Problems problems = new Problems();

    @Test
    void printsOneALineByFileThenByLine() {
        problems.add(FILE, 12, "listeners[0].adress", "unknown key; did you mean 'address'?");
        problems.add(FILE, 3, "state", "must not be empty");
        problems.add(Path.of("conf", "a.yaml"), 0, "", "no such file");

        assertThat(problems).hasToString("""
                conf/a.yaml: no such file
                conf/facteur.yaml:3: state: must not be empty
                conf/facteur.yaml:12: listeners[0].adress: unknown key; did you mean 'address'?""");
        assertThat(problems.list()).extracting(Problem::line).containsExactly(0, 3, 12);
    }

    @Test
    void tellsTheSameProblemOnce() {
        problems.add(FILE, 1, "state", "must not be empty");
        problems.add(FILE, 1, "state", "must not be empty");

        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void keepsWarningsApart() {
        problems.warn(FILE, 7, "contexts.task.address", "is ignored");

        assertThat(problems.isEmpty()).isTrue();
        assertThat(problems).hasToString("");
        assertThat(problems.warnings()).singleElement().hasToString("conf/facteur.yaml:7: contexts.task.address: is ignored");
    }

    @Test
    void countsTheProblemsBeyondTheFirstThousand() {
        for (int line = 1; line <= Problems.MOST + 5; line++) {
            problems.add(FILE, line, "state", "is odd");
            problems.warn(FILE, line, "state", "is odd");
        }

        assertThat(problems.list()).hasSize(Problems.MOST);
        assertThat(problems.warnings()).hasSize(Problems.MOST);
        assertThat(problems.toString()).endsWith("\n… and 5 more");
    }

    @Test
    void showsNothingThatCouldForgeALineOrSteerATerminal() {
        problems.add(FILE, 1, "a\nb", "'\u001b[2J\u202e\u2028\ud800' is odd");

        assertThat(problems).hasToString("conf/facteur.yaml:1: a?b: '?[2J???' is odd");
    }

    @Test
    void cutsWhatIsTooLongToRead() {
        problems.add(FILE, 1, "k".repeat(10_000), "m".repeat(10_000));

        assertThat(problems.toString()).hasSizeLessThan(800).endsWith("…");
    }
}
