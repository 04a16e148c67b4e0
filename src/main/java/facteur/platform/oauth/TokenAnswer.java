package facteur.platform.oauth;

import facteur.platform.config.Secret;
import facteur.platform.http.JsonText;
import facteur.platform.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a token service says (RFC 6749 §5).
sealed interface TokenAnswer {
    /// @param lifetime from now; guessed short when the service doesn't say
    /// @param refreshToken in the place of the one that was sent
    record Issued(Secret accessToken, Duration lifetime, Optional<Secret> refreshToken) implements TokenAnswer {}

    /// @param why may quote the service
    record Refused(String why) implements TokenAnswer {}

    /// RFC 6749 appendix A.12: visible characters. So a token never ends the word that it is sent in.
    Pattern TOKEN = Pattern.compile("[!-~]{1,16384}");

    Pattern SECONDS = Pattern.compile("\\d{1,9}");
    Duration UNSTATED = Duration.ofMinutes(5);
    int WORDS_LIMIT = 300;

    static TokenAnswer of(HttpResponse<Optional<ByteBuffer>> response) {
        return switch (JsonText.of(response)) {
            case JsonText.Read(var text) when response.statusCode() == 200 -> issued(JsonObject.parse(text));
            case JsonText.Read(var text) -> refused(response.statusCode(), JsonObject.parse(text));
            case JsonText.TooLarge() -> new Refused("the answer is too large");
            case JsonText.Unreadable(var why) when response.statusCode() == 200 -> new Refused(clean(why));
            case JsonText.Unreadable _ -> new Refused("status " + response.statusCode());
        };
    }

    private static TokenAnswer issued(JsonObject answer) {
        var token = token(answer, "access_token");
        if (token.isEmpty()) {
            return new Refused("the answer holds no access token");
        }
        // RFC 6749 §7.1: a type that we don't know is not to be used.
        if (!answer.text("token_type", "Bearer").equalsIgnoreCase("Bearer")) {
            return new Refused("the token is no bearer token");
        }
        return new Issued(token.get(), lifetime(answer), token(answer, "refresh_token"));
    }

    /// A number; some services write it as text.
    private static Duration lifetime(JsonObject answer) {
        return answer.text("expires_in")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(UNSTATED);
    }

    private static Optional<Secret> token(JsonObject answer, String member) {
        return answer.text(member).filter(text -> TOKEN.matcher(text).matches()).map(Secret::of);
    }

    /// RFC 6749 §5.2.
    private static Refused refused(int status, JsonObject answer) {
        var said = answer.text("error")
                .map(error -> clean(error + answer.text("error_description").map(text -> ": " + text).orElse("")));
        return new Refused("status " + status + said.map(words -> ", " + words).orElse(""));
    }

    private static String clean(String text) {
        return text.codePoints()
                .limit(WORDS_LIMIT)
                .mapToObj(c -> c >= ' ' && c < 127 ? Character.toString(c) : c < ' ' ? " " : "?")
                .collect(Collectors.joining())
                .strip();
    }
}
