package facteur.browser;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All pages that can be reached by links from one, each kind once: of a hundred letters the first.
final class Crawl {
    /// @param path with its query
    record Visited(String path, int status, List<String> violations, Words words) {}

    private static final String LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)";

    /// What isn't the console's, or isn't a page: downloads.
    private static final String NO_PAGE = "/a/.*|/api/.*|/sign-in/oidc.*|.*\\.(csv|txt|zone|json|yaml)|.*/zone";

    private Crawl() {}

    static List<Visited> of(Tab tab, String start) {
        var origin = URI.create(start);
        Map<String, String> known = new LinkedHashMap<>();
        var waiting = new ArrayDeque<String>();
        add("/", known, waiting);
        var visited = new ArrayList<Visited>();
        while (!waiting.isEmpty()) {
            var path = waiting.remove();
            var response = tab.go(origin.resolve(path).toString());
            visited.add(new Visited(path, response.status(), Axe.violations(tab.page()), Words.of(tab.page(), "en")));
            links(tab.page()).stream()
                    .map(URI::create)
                    .filter(link -> origin.getAuthority().equals(link.getAuthority()))
                    .forEach(link -> add(path(link), known, waiting));
        }
        return visited;
    }

    private static List<String> links(Page page) {
        return ((List<?>) page.evaluate(LINKS)).stream().map(String::valueOf).toList();
    }

    private static String path(URI link) {
        return link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery());
    }

    private static void add(String path, Map<String, String> known, ArrayDeque<String> waiting) {
        if (!path.replaceFirst("\\?.*", "").matches(NO_PAGE) && known.putIfAbsent(kind(path), path) == null) {
            waiting.add(path);
        }
    }

    /// The same for pages that differ only in what they are about.
    private static String kind(String path) {
        return path.replaceFirst("^/o/[^/?]+", "/o/…")
                .replaceFirst("/log/[^/?]+", "/log/…")
                .replaceFirst("/history/\\d+", "/history/…")
                .replaceFirst("/(domains|offices|users|tokens|upstreams)/[^/?]+", "/$1/…")
                .replaceAll("=[^&]*", "=…");
    }
}
