package facteur.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the field Cookie says (RFC 6265 §4.2). Immutable.
final class Cookies {
    private record Cookie(String name, String value) {}

    private final List<Cookie> all;

    private Cookies(List<Cookie> all) {
        this.all = List.copyOf(all);
    }

    /// @param fields all of that name: a proxy from HTTP/2 may have split them (RFC 9113 §8.2.3)
    static Cookies of(List<String> fields) {
        var all = new ArrayList<Cookie>();
        for (var field : fields) {
            for (var pair : field.split(";", -1)) {
                var equals = pair.indexOf('=');
                if (equals > 0) {
                    all.add(new Cookie(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip()));
                }
            }
        }
        return new Cookies(all);
    }

    /// Empty when it comes twice: one of the two was set by a page that isn't ours.
    Optional<String> value(String name) {
        var values = all.stream().filter(cookie -> cookie.name().equals(name)).map(Cookie::value).distinct().toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
