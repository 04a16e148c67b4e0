package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page is there at once, also over a slow line.
final class FirstVisitTest {
    private static final int FIRST_VISIT = 60 * 1024;
    private static final int NEXT_VISIT = 12 * 1024;
    private static final int STYLE = 16 * 1024;
    private static final int SCRIPT_LINES = 250;
    private static final Path ASSETS = Path.of("src/main/resources/facteur/console/assets");
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"/a/([a-z]+)\\.[0-9a-f]{16}(\\.[a-z]+)");

    /// What each answer has in its header besides, with its first line; at most.
    private static final int OTHER_FIELDS = 500;

    @Test
    void aVisitIsSmall(@TempDir Path folder) throws SQLException, IOException {
        try (var world = new ConsoleWorld(folder)) {
            var reply = world.get(As.ADMIN, "/nothing");
            var header = reply.fields().entrySet().stream().mapToInt(field -> field.getKey().length() + field.getValue().length() + 4).sum();
            var page = header + reply.page().getBytes(StandardCharsets.UTF_8).length + OTHER_FIELDS;
            var all = Console.assets();
            var loaded = ASSET.matcher(reply.page()).results().map(found -> found.group(1) + found.group(2)).distinct().toList();
            assertThat(loaded).contains("console.css", "console.js", "htmx.js", "icons.svg", "icon.svg");
            var assets = loaded.stream().mapToInt(name -> all.sent(name) + OTHER_FIELDS).sum();
            assertThat(page).isLessThanOrEqualTo(NEXT_VISIT);
            assertThat(page + assets).isLessThanOrEqualTo(FIRST_VISIT);
        }
    }

    /// What is served of htmx is what its authors packed.
    @Test
    void htmxIsServedAsItIs() throws IOException {
        var name = "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
        var classPath = Console.class.getClassLoader();
        try (var plain = classPath.getResourceAsStream(name);
                var packed = classPath.getResourceAsStream(name + ".gz");
                var again = classPath.getResourceAsStream(name + ".gz")) {
            assertThat(new GZIPInputStream(packed).readAllBytes()).isEqualTo(plain.readAllBytes());
            assertThat(Console.assets().sent("htmx.js")).isEqualTo(again.readAllBytes().length);
        }
    }

    @Test
    void ourFilesAreSmall() throws IOException {
        assertThat(Files.size(ASSETS.resolve("console.css"))).isLessThanOrEqualTo(STYLE);
        try (Stream<String> lines = Files.lines(ASSETS.resolve("console.js"))) {
            assertThat(lines.count()).isLessThanOrEqualTo(SCRIPT_LINES);
        }
    }
}
