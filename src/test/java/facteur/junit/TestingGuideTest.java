package facteur.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The test in `src/docs/apps.md` is one that runs.
final class TestingGuideTest {
    @Test
    void quotesATestOfOurs() throws IOException {
        var source = Files.readString(Path.of("src", "test", "java", "facteur", "junit", "InvoiceMailIT.java"));
        var quoted = source.substring(source.indexOf("final class"));
        assertThat(Files.readString(Path.of("src", "docs", "apps.md"))).contains("```java\n" + quoted + "```\n");
    }
}
