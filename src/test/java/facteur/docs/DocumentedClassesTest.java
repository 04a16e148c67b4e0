package facteur.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A class that a page names, such as `policy.Policy`, exists under that name.
final class DocumentedClassesTest {
    private static final Pattern CLASS = Pattern.compile("`(?:facteur\\.)?((?:[a-z]+\\.)+[A-Z]\\w*)(?:#\\w+)?`");
    private static final List<String> NOT_OURS = List.of("java.net.IDN", "sun.misc.Signal");

    static List<Path> pages() throws IOException {
        try (var pages = Files.list(Path.of("src", "docs"))) {
            return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void exist(Path page) throws IOException {
        var missing = CLASS.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !NOT_OURS.contains(name))
                .filter(name -> Stream.of("main", "test", "browser").noneMatch(sources -> Files.exists(file(sources, name))));
        assertThat(missing).isEmpty();
    }

    private static Path file(String sources, String name) {
        return Path.of("src", sources, "java", "facteur", name.replace('.', '/') + ".java");
    }
}
