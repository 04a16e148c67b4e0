package facteur.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Paths of ours, made of what isn't. Stateless.
final class Paths {
    private Paths() {}

    /// As the value of a field in a query.
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
