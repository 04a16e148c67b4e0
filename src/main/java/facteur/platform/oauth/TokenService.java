package facteur.platform.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.platform.config.Secret;
import facteur.platform.http.HttpAnswer;
import facteur.platform.http.HttpLimits;
import facteur.platform.http.HttpService;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The token endpoint of an authorization server (RFC 6749 §3.2), asked over a connection of its own: it is needed once an
/// hour. What comes back never quotes what was sent. Thread-safe; blocks the caller, no longer than the timeout.
final class TokenService {
    private static final int ANSWER_BYTES = 64 * 1024;

    private final TokenSettings settings;

    TokenService(TokenSettings settings) {
        this.settings = settings;
    }

    /// @param refreshToken with that grant
    TokenAnswer ask(Optional<Secret> refreshToken) {
        var form = form(refreshToken);
        var question = HttpRequest.newBuilder(settings.url().uri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))));
        var limits = new HttpLimits(settings.timeout(), settings.timeout(), ANSWER_BYTES);
        try (var service = new HttpService(limits)) {
            return switch (service.ask(question)) {
                case HttpAnswer.Failed(var why) -> refused(why, refreshToken);
                case HttpAnswer.Came(var response) -> switch (TokenAnswer.of(response)) {
                    case TokenAnswer.Issued issued -> issued;
                    case TokenAnswer.Refused(var why) -> refused(why, refreshToken);
                };
            };
        }
    }

    private Map<String, String> form(Optional<Secret> refreshToken) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", refreshToken.isPresent() ? "refresh_token" : "client_credentials");
        form.put("client_id", settings.clientId());
        settings.clientSecret().ifPresent(secret -> form.put("client_secret", secret.reveal()));
        refreshToken.ifPresent(token -> form.put("refresh_token", token.reveal()));
        settings.scope().ifPresent(scope -> form.put("scope", scope));
        return form;
    }

    /// A service may send back what it was sent.
    private TokenAnswer.Refused refused(String why, Optional<Secret> refreshToken) {
        var words = new String[] {why};
        settings.clientSecret().ifPresent(secret -> words[0] = without(words[0], secret));
        refreshToken.ifPresent(token -> words[0] = without(words[0], token));
        return new TokenAnswer.Refused(settings.url().uri().getHost() + ": " + words[0]);
    }

    private static String without(String text, Secret secret) {
        return text.replace(secret.reveal(), secret.toString()).replace(encoded(secret.reveal()), secret.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
