package facteur.browser;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// All pages that can be reached by links from the first one, each kind once: of a hundred letters one. For one thread.
final class Crawl {
    /// Looks at the page that is in front.
    interface Look {
        /// @param path with its query
        void at(String path, int status);
    }

    private static final String LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)";

    /// Nothing to look at: downloads, and what leads elsewhere.
    private static final String NO_PAGE = "/stay|/a/.*|/api/.*|/sign-in/oidc.*|.*\\.(csv|txt|zone|json|yaml)|.*/zone";

    private final Set<String> known = new HashSet<>();
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private final Predicate<String> wanted;

    private Crawl(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /// @param start the address of the first page
    /// @param wanted whether to go to a path with its query
    /// @return all paths, in the order of the visits
    static List<String> through(Tab tab, String start, Predicate<String> wanted, Look look) {
        var crawl = new Crawl(wanted);
        var origin = URI.create(start);
        var visited = new ArrayList<String>();
        crawl.add(path(origin));
        while (!crawl.waiting.isEmpty()) {
            var next = crawl.waiting.remove();
            var status = tab.go(origin.resolve(next).toString()).status();
            look.at(next, status);
            visited.add(next);
            for (var link : (List<?>) tab.page().evaluate(LINKS)) {
                var target = URI.create(link.toString());
                if (origin.getAuthority().equals(target.getAuthority())) {
                    crawl.add(path(target));
                }
            }
        }
        return visited;
    }

    private static String path(URI link) {
        return link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery());
    }

    private void add(String path) {
        if (wanted.test(path) && !path.replaceFirst("\\?.*", "").matches(NO_PAGE) && known.add(kind(path))) {
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
