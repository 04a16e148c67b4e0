package facteur.upstream;

import facteur.mail.smtp.Reply;
import facteur.platform.clock.SteadyTime;
import facteur.platform.oauth.AccessTokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Presents a login on the connections of one upstream (RFC 4954). Thread-safe; each connection by one thread.
sealed interface Authentication permits PasswordAuthentication, TokenAuthentication {
    /// What came of it.
    sealed interface Presented {
        /// @param reply the last one
        record Answered(Reply reply) implements Presented {}

        /// Nothing was presented.
        record Unable(String why) implements Presented {}
    }

    static Authentication of(Login login, SteadyTime time) {
        return switch (login) {
            case Login.Password(var name, var password) -> new PasswordAuthentication(name, password);
            case Login.Token(var name, var token) -> new TokenAuthentication(name, new AccessTokens(token, time));
        };
    }

    Presented presentTo(RelayTransport connection) throws LostConnection;

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
