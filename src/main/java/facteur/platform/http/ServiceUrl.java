package facteur.platform.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a web service is: `http` or `https`, a host, without user and password. Immutable.
public record ServiceUrl(URI uri) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");

    /// No message quotes the text: it may hold a password.
    ///
    /// @throws IllegalArgumentException when it is no such URL
    public static ServiceUrl parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException failure) {
            throw new IllegalArgumentException("is not a URL: " + failure.getReason(), failure);
        }
        var isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
            throw new IllegalArgumentException("must be http:// or https://, a host and maybe a port and a path");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must not name a user; the service knows us by other means");
        }
        if (url.getRawFragment() != null) {
            throw new IllegalArgumentException("must not have a fragment");
        }
        return new ServiceUrl(URI.create(url.toASCIIString()));
    }

    /// Whether what is said there goes over a network in clear.
    public boolean isReadableOnTheWay() {
        return "http".equalsIgnoreCase(uri.getScheme())
                && !LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
