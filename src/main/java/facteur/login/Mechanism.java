package facteur.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// A way to say login and password (RFC 4422 §3). Both send the password itself, so that it can be kept as a hash.
public enum Mechanism {
    /// RFC 4616.
    PLAIN,
    /// Never a standard, but what many apps try first: asks for one, then for the other.
    LOGIN;

    /// RFC 4954 §4: what an exchange that was broken off is answered with.
    static final Reply CANCELLED = Reply.of(501, 7, 0, "Authentication cancelled");

    static final Reply NOT_BASE64 = Reply.of(501, 5, 2, "Cannot decode the response: base64 of UTF-8 is wanted");

    /// The other side of the exchange.
    @FunctionalInterface
    public interface Exchange {
        /// Sends a challenge, waits for the line that answers it.
        ///
        /// @return the line without its end; or the reply to one that can't be read
        /// @throws IOException when the connection fails
        Parsed<String> ask(String challenge) throws IOException;
    }

    /// @return empty when there is no such mechanism
    public static Optional<Mechanism> parse(String name) {
        return Arrays.stream(values())
                .filter(mechanism -> mechanism.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /// Asks for the credentials.
    ///
    /// @param initialResponse what stood behind the mechanism's name in AUTH
    public Parsed<Credentials> credentials(Optional<String> initialResponse, Exchange exchange) throws IOException {
        return switch (this) {
            case PLAIN -> switch (first(initialResponse, "", exchange)) {
                case Parsed.Bad<String>(var reply) -> new Parsed.Bad<>(reply);
                case Parsed.Good<String>(var message) -> Credentials.plain(message);
            };
            case LOGIN -> switch (first(initialResponse, "Username:", exchange)) {
                case Parsed.Bad<String>(var reply) -> new Parsed.Bad<>(reply);
                case Parsed.Good<String>(var login) -> switch (response("Password:", exchange)) {
                    case Parsed.Bad<String>(var reply) -> new Parsed.Bad<>(reply);
                    case Parsed.Good<String>(var password) -> Credentials.of(login, password);
                };
            };
        };
    }

    /// RFC 4954 §4: an initial response saves a round trip, and a single `=` stands for an empty one.
    private static Parsed<String> first(Optional<String> initialResponse, String challenge, Exchange exchange)
            throws IOException {
        if (initialResponse.isEmpty()) {
            return response(challenge, exchange);
        }
        return initialResponse.get().equals("=") ? new Parsed.Good<>("") : decode(initialResponse.get());
    }

    /// RFC 4954 §4: a single `*` instead of a response breaks the exchange off.
    private static Parsed<String> response(String challenge, Exchange exchange) throws IOException {
        return switch (exchange.ask(challenge)) {
            case Parsed.Bad<String> bad -> bad;
            case Parsed.Good<String>(var line) -> line.equals("*") ? new Parsed.Bad<>(CANCELLED) : decode(line);
        };
    }

    private static Parsed<String> decode(String base64) {
        try {
            var octets = Base64.getDecoder().decode(base64.getBytes(ISO_8859_1));
            return new Parsed.Good<>(UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            return new Parsed.Bad<>(NOT_BASE64);
        }
    }
}
