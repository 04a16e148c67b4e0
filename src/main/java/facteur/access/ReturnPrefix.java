package facteur.access;

import facteur.platform.http.ServiceUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The part of the web that a suite may send its users back to: an origin, perhaps with the beginning of a path. Immutable.
///
/// @param url without query and fragment
public record ReturnPrefix(URI url) {
    private static final int LONGEST = 2_000;

    /// Visible US-ASCII without the backslash, which browsers take for a slash.
    private static final Pattern PLAIN = Pattern.compile("[!-\\[\\]-~]+");

    private static final Pattern DOTS = Pattern.compile("(?i)(?:^|/)(?:\\.|%2e){1,2}(?:/|$)|%2f|%5c");

    /// @throws IllegalArgumentException when it isn't https, or http on loopback, or has more than a host and a path
    public static ReturnPrefix parse(String text) {
        var service = ServiceUrl.parse(text.strip());
        if (service.isReadableOnTheWay()) {
            throw new IllegalArgumentException("must begin with https:// off loopback");
        }
        var url = service.uri();
        if (url.getRawQuery() != null || DOTS.matcher(path(url)).find()) {
            throw new IllegalArgumentException("must have nothing behind its host but a plain path");
        }
        return new ReturnPrefix(url);
    }

    /// A URL below it, as a browser will read it.
    ///
    /// @return empty for any other
    public Optional<URI> within(String text) {
        if (text.length() > LONGEST || !PLAIN.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            var wanted = new URI(text);
            return wanted.getRawUserInfo() == null && origin(wanted).equals(Optional.of(origin())) && isBelow(path(wanted)) ? Optional.of(wanted)
                    : Optional.empty();
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private boolean isBelow(String path) {
        var start = path(url);
        var isAtBoundary = start.endsWith("/") || path.length() == start.length() || path.startsWith("/", start.length());
        return path.startsWith(start) && isAtBoundary && !DOTS.matcher(path).find();
    }

    /// As browsers write the origin of a page: `https://app.example.org`.
    public String origin() {
        return origin(url).orElseThrow();
    }

    /// Empty when it has none.
    private static Optional<String> origin(URI url) {
        if (url.getScheme() == null || url.getHost() == null) {
            return Optional.empty();
        }
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        var standard = scheme.equals("https") ? 443 : 80;
        var port = url.getPort() < 0 || url.getPort() == standard ? "" : ":" + url.getPort();
        return Optional.of(scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port);
    }

    /// No path is `/` (RFC 3986 §6.2.3).
    private static String path(URI url) {
        return url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
