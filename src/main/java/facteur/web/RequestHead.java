package facteur.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What stands above the body of a request. Immutable.
///
/// @param target as it was sent
/// @param fields by name, in any case
public record RequestHead(String method, URI target, Map<String, List<String>> fields) {
    public RequestHead {
        var sorted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(fields);
        fields = sorted;
    }

    /// All of that name; none when it isn't there.
    public List<String> fields(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /// A field that comes once at most.
    Optional<String> field(String name) {
        var all = fields(name);
        if (all.size() > 1) {
            throw ProblemDetails.of(400, "header.twice", name, "the header has this field twice").refused();
        }
        return all.stream().findFirst().map(String::strip);
    }

    /// A cookie that the browser sent once.
    public Optional<String> cookie(String name) {
        return Cookies.of(fields("Cookie")).value(name);
    }

    /// Undecoded; may be empty.
    public String query() {
        var query = target.getRawQuery();
        return query == null ? "" : query;
    }

    /// Undecoded. Two slashes in front aren't the beginning of a host here (RFC 9112 §3.2.1), but of an empty segment.
    public String path() {
        var path = target.getRawPath() == null ? "" : target.getRawPath();
        return target.isAbsolute() || target.getRawAuthority() == null ? path : "//" + target.getRawAuthority() + path;
    }

    /// Of a target in absolute form, as proxies get it.
    Optional<String> authority() {
        return target.isAbsolute() ? Optional.ofNullable(target.getRawAuthority()) : Optional.empty();
    }

    /// That the peer announces.
    OptionalLong length() {
        var fields = fields("Content-Length");
        return fields.size() == 1 && fields.getFirst().matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(fields.getFirst()))
                : OptionalLong.empty();
    }

    /// Whether one proxy could read the length otherwise than another: `+4` is one to some. What else smuggles requests (two
    /// lengths, a length and chunks, a blank before the colon) the JDK's server refuses.
    boolean isLengthOdd() {
        return fields("Content-Length").stream().anyMatch(length -> !length.matches("\\d{1,18}"));
    }
}
