package facteur.settings;

import facteur.platform.config.DataSize;
import facteur.platform.config.Secret;
import facteur.platform.config.Section;
import facteur.platform.http.ServiceUrl;
import java.net.URI;
import java.time.Duration;
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
        if (settings.token.isPresent() && new ServiceUrl(settings.url).isReadableOnTheWay()) {
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

    private static URI base(String text) {
        var url = ServiceUrl.parse(text.replaceFirst("/+$", ""));
        if (url.uri().getRawQuery() != null) {
            throw new IllegalArgumentException("must not have a query: paths are put behind it");
        }
        return url.uri();
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
