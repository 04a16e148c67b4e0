package facteur.platform.oauth;

import facteur.platform.config.Secret;
import facteur.platform.config.Section;
import facteur.platform.http.ServiceUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The section `token` of an upstream. Immutable; prints without its secrets.
///
/// @param clientSecret sent in the body (RFC 6749 §2.3.1); empty for a public client
/// @param scope words with blanks between; empty = as the service likes
/// @param timeout for a whole exchange
public record TokenSettings(
        ServiceUrl url, String clientId, Optional<Secret> clientSecret, Grant grant, Optional<String> scope, Duration timeout) {
    /// The grant by which a token is requested.
    public sealed interface Grant {
        /// RFC 6749 §4.4: the client is its own owner.
        record ClientCredentials() implements Grant {}

        /// RFC 6749 §6: the owner of the mailbox has agreed once.
        ///
        /// @param configured the token obtained then
        /// @param store file for a newer one that the service issues in its place
        record RefreshToken(Secret configured, Path store) implements Grant {}
    }

    /// What `grant` may say.
    private enum GrantKind {
        CLIENT_CREDENTIALS,
        REFRESH_TOKEN
    }

    private static final ServiceUrl NOWHERE = ServiceUrl.parse("https://nowhere.invalid");

    /// Reads `url`, `grant`, `client-id`, `client-secret`, `refresh-token`, `scope` and `timeout`.
    ///
    /// @param store file for newer refresh tokens
    public static TokenSettings from(Section section, Path store) {
        var url = section.requiredValue("url", ServiceUrl::parse, NOWHERE);
        if (url.isReadableOnTheWay()) {
            section.problem("url", "must be https://, since secrets are sent there");
        }
        var secret = section.secret("client-secret");
        return new TokenSettings(
                url,
                section.requiredText("client-id"),
                secret,
                grant(section, secret, store),
                section.text("scope"),
                section.duration("timeout", Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofMinutes(1)));
    }

    private static Grant grant(Section section, Optional<Secret> clientSecret, Path store) {
        var refreshToken = section.secret("refresh-token");
        return switch (section.choice("grant", GrantKind.CLIENT_CREDENTIALS)) {
            case CLIENT_CREDENTIALS -> {
                if (clientSecret.isEmpty() && !section.has("client-secret")) {
                    section.problem("client-secret", "is missing");
                }
                if (refreshToken.isPresent()) {
                    section.problem("refresh-token", "needs grant: refresh-token");
                }
                yield new Grant.ClientCredentials();
            }
            case REFRESH_TOKEN -> {
                if (refreshToken.isEmpty() && !section.has("refresh-token")) {
                    section.problem("refresh-token", "is missing");
                }
                yield new Grant.RefreshToken(refreshToken.orElse(Secret.of("")), store);
            }
        };
    }
}
