package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The policy of our pages forbids browsers to run what stands in them; so nothing does. What a template writes is escaped.
final class TemplateSourceTest {
    private static final Pattern FORBIDDEN = Pattern.compile("\\$unsafe|hx-on|\\bstyle=|\\son[a-z]+=|<script(?![^>]*\\bsrc=)|javascript:|@raw");

    @Test
    void neitherWritesUnescapedNorRunsWhatIsInAPage() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/jte"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".jte"))).isNotEmpty()
                    .allSatisfy(file -> assertThat(FORBIDDEN.matcher(Files.readString(file)).results()).isEmpty());
        }
    }
}
