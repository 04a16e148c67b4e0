package facteur.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The words that a page shows, and what of them isn't in its language.
///
/// @param language that the page says it is in
/// @param keys names of texts instead of texts, and places for values that none has taken
/// @param english texts that another language has other words for
record Words(String language, List<String> keys, List<String> english) {
    private static final Path TEXTS = Path.of("src", "main", "resources", "facteur", "console");
    private static final Map<String, Map<String, String>> KNOWN = Map.of("en", read("en"), "fr", read("fr"), "nl", read("nl"));

    private static final String SHOWN = """
            () => {
                const texts = [];
                const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
                for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                    const parent = node.parentElement;
                    if (!parent.closest('script, style, code, [lang]:not(html)') && node.data.trim()) texts.push(node.data.trim());
                }
                for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt], [data-copied]')) {
                    for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'data-copied']) {
                        if (element.getAttribute(name)) texts.push(element.getAttribute(name));
                    }
                }
                return texts;
            }""";

    /// @param language that it should be in
    static Words of(Page page, String language) {
        var shown = ((List<?>) page.evaluate(SHOWN)).stream().map(String::valueOf).toList();
        var english = known("en");
        var own = known(language);
        var foreign = new HashMap<String, String>();
        english.forEach((key, text) -> {
            if (!own.containsValue(text)) {
                foreign.put(text, key);
            }
        });
        return new Words(
                String.valueOf(page.evaluate("() => document.documentElement.lang")),
                shown.stream().filter(text -> english.containsKey(text) || text.matches("(?s).*\\{\\d.*")).toList(),
                shown.stream().filter(foreign::containsKey).map(text -> foreign.get(text) + ": " + text).toList());
    }

    private static Map<String, String> known(String language) {
        return KNOWN.getOrDefault(language, Map.of());
    }

    private static Map<String, String> read(String language) {
        var texts = new HashMap<String, String>();
        try (var files = Files.list(TEXTS.resolve(language))) {
            for (var file : (Iterable<Path>) files::iterator) {
                var section = file.getFileName().toString().replace(".properties", ".");
                read(file).forEach((key, text) -> texts.put(section + key, text.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static Properties read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
