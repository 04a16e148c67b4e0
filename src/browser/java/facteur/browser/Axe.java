package facteur.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// axe-core, Deque's rules for pages that everybody can use: those of WCAG 2.2 up to AA that a program can judge, and good practice.
final class Axe {
    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice");

    /// One line for each element at fault.
    private static final String RUN = """
            async rules => {
                const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
                return found.violations.flatMap(rule => rule.nodes.map(node =>
                    `${rule.id} (${rule.impact}): ${rule.help}: ${node.target.join(' ')}: ${node.html.slice(0, 200)}: `
                    + [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ')));
            }""";

    private static final String SOURCE = source();

    /// Its text lies ready in every page and costs nothing until it is called: to send half a megabyte to each page takes as long as
    /// to open the page.
    private static final String READY = "globalThis.startAxe = () => {\n" + SOURCE + "\n};";

    private Axe() {}

    /// Makes it ready in all pages of windows that are opened from now on.
    static void prepare(BrowserContext context) {
        context.addInitScript(READY);
    }

    static List<String> violations(Page page) {
        return run(page, Map.of("type", "tag", "values", TAGS));
    }

    /// Only of colours: what else there is doesn't change with them.
    static List<String> contrast(Page page) {
        return run(page, Map.of("type", "rule", "values", List.of("color-contrast", "link-in-text-block")));
    }

    private static List<String> run(Page page, Map<String, ?> rules) {
        var ready = page.evaluate("() => typeof axe + typeof startAxe");
        if (Objects.equals(ready, "undefinedfunction")) {
            page.evaluate("() => startAxe()");
        } else if (Objects.equals(ready, "undefinedundefined")) {
            page.evaluate(SOURCE);
        }
        return ((List<?>) page.evaluate(RUN, rules)).stream().map(String::valueOf).toList();
    }

    private static String source() {
        try (var in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in, "no axe-core in the class path").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
