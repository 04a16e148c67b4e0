package facteur.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.office.Roles;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.DataSize;
import facteur.platform.config.Document;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;

/// Any bytes as a configuration: an answer in good time, no exception, problems of one printable line each.
final class ConfigFileFuzzer {
    private static final Path FILE = Path.of("facteur.yaml");
    private static final int DEEPEST = 3;

    @FuzzTest(maxDuration = "2m")
    void readsAnyBytes(byte[] bytes) {
        Problems problems = new Problems();
        String text = new String(bytes, UTF_8);
        for (Section root : List.of(ConfigFile.parse(text, FILE, problems), ConfigFile.parseGenerated(text, FILE, problems),
                Document.read(text, FILE.toString(), problems))) {
            assertThat(Roles.from(root).list()).isNotEmpty();
            ask(root, 1);
            root.close();
        }

        for (Problem problem : problems.list()) {
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.toString()).startsWith("facteur.yaml").doesNotContainPattern("\\p{Cc}");
        }
    }

    private static void ask(Section section, int depth) {
        for (String key : section.keys()) {
            assertThat(section.line(key)).isPositive();
            section.requiredText(key);
            section.integer(key, 1, 0, 10);
            section.duration(key, Duration.ZERO);
            section.durations(key, List.of());
            section.size(key, new DataSize(0));
            section.texts(key, List.of());
            section.choice(key, DayOfWeek.MONDAY);
            section.flag(key, true);
            section.path(key);
            section.secret(key);
            section.values(key, Integer::valueOf);
            if (depth < DEEPEST) {
                ask(section.section(key), depth + 1);
                section.sections(key).forEach(item -> ask(item, depth + 1));
                section.entries(key).values().forEach(item -> ask(item, depth + 1));
            }
        }
    }
}
