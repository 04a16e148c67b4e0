package facteur.settings;

import facteur.config.DataSize;
import facteur.config.Secret;
import facteur.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The section `settings.http`. Immutable.
///
/// @param url of the company's service, without a slash at its end
/// @param token sent as `Authorization: Bearer`; none when empty
/// @param timeout for a whole exchange, from the question to the last octet of the answer
/// @param connectTimeout for the connection alone, TLS not counted
/// @param responseSize octets of the largest answer that is read
public record HttpSettings(
        URI url, Optional<Secret> token, Duration timeout, Duration connectTimeout, DataSize responseSize) {
    private static final URI NOWHERE = URI.create("http://nowhere.invalid");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final DataSize LARGEST = DataSize.ofMegabytes(64);

    /// RFC 6750 §2.1.
    private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");

    /// Reads `url`, `token`, `timeout`, `connect-timeout` and `response-size`.
    public static HttpSettings from(Section section) {
        var settings = new HttpSettings(
                section.requiredValue("url", HttpSettings::base, NOWHERE),
                token(section),
                section.duration("timeout", Duration.ofSeconds(5), SHORTEST, LONGEST),
                section.duration("connect-timeout", Duration.ofSeconds(2), SHORTEST, LONGEST),
                section.size("response-size", DataSize.ofMegabytes(1)));
        if (settings.responseSize.bytes() == 0 || settings.responseSize.compareTo(LARGEST) > 0) {
            section.problem("response-size", "must be from 1B to " + LARGEST);
        }
        if (settings.token.isPresent() && settings.isReadableOnTheWay()) {
            section.warning("url", "the token goes over the network in clear; write https://");
        }
        return settings;
    }

    /// What `path` below the service is called.
    ///
    /// @param path percent-encoded, a slash first
    URI at(String path) {
        return URI.create(url + path);
    }

    private boolean isReadableOnTheWay() {
        return "http".equalsIgnoreCase(url.getScheme())
                && !LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /// No message quotes the text: it may hold a password.
    private static URI base(String text) {
        URI url;
        try {
            url = new URI(text.replaceFirst("/+$", ""));
        } catch (URISyntaxException failure) {
            throw new IllegalArgumentException("is not a URL: " + failure.getReason(), failure);
        }
        var isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
            throw new IllegalArgumentException("must be http:// or https://, a host and maybe a port and a path");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("must not name a user; the service knows us by the token");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("must not have a query or a fragment: paths are put behind it");
        }
        return URI.create(url.toASCIIString());
    }

    private static Optional<Secret> token(Section section) {
        var token = section.secret("token");
        if (token.isPresent() && !BEARER.matcher(token.get().reveal()).matches()) {
            section.problem("token", "is made of A-Z a-z 0-9 . _ ~ + / - alone, with = at its end maybe");
            return Optional.empty();
        }
        return token;
    }
}
