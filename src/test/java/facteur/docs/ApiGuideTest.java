package facteur.docs;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Scope;
import facteur.fixture.ApiContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `src/docs/api.md` is complete; that its commands and examples do what they say is for the integration ring.
final class ApiGuideTest {
    private static final Path PAGE = Path.of("src/docs/api.md");
    /// A word with a dot that the table of codes has in quotes; files of the page have one, too.
    private static final Pattern DOTTED = Pattern.compile("`([a-z]+(?:\\.[a-z-]+)+)`");

    @ParameterizedTest
    @CsvSource({"suite.sh,sh", "suite.mjs,js", "Suite.java,java", "launch.mjs,js"})
    void showsEachExampleAsItIs(String file, String language) throws IOException {
        var example = Files.readString(Path.of("src/docs/examples", file));
        assertThat(Files.readString(PAGE)).contains("```" + language + "\n" + example + "```\n");
    }

    @Test
    void namesEachCodeAndNoOther() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(ApiContract.packed().codes()).allMatch(code -> page.contains("`" + code + "`"));
        var table = page.substring(page.indexOf("| status | codes |"), page.indexOf("**Limits**"));
        assertThat(DOTTED.matcher(table).results().map(found -> found.group(1)).filter(word -> !isKey(word)))
                .allMatch(ApiContract.packed().codes()::contains);
    }

    private static boolean isKey(String word) {
        return List.of("settings.source", "console.url", "console.suites").contains(word);
    }

    @Test
    void namesEachScope() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(Arrays.stream(Scope.values()).map(Scope::word)).allMatch(scope -> page.contains("`" + scope + "`"));
    }
}
