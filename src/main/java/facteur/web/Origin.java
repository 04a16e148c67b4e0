package facteur.web;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/// Scheme, host and port, as the field Origin writes them (RFC 6454 §6.2): without a port that is the scheme's. Stateless.
final class Origin {
    private static final Pattern FORM = Pattern.compile("https?://(?:[a-z0-9_.-]+|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    private Origin() {}

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /// @param url with a scheme and a host
    static String of(URI url) {
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        var isUsual = url.getPort() < 0 || url.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + (isUsual ? "" : ":" + url.getPort());
    }
}
