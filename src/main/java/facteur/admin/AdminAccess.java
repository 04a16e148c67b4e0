package facteur.admin;

import facteur.platform.config.HostAndPort;
import facteur.platform.config.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// How commands reach a running daemon: its admin port, and its token. The daemon creates a token at each start and writes
/// both as one line into its state folder: read access to the state means control of the daemon. Immutable.
public record AdminAccess(HostAndPort address, Secret token) {
    /// The file in the state folder.
    public static final String FILE = "admin";

    private static final int TOKEN_BYTES = 32;

    /// An unguessable token.
    static Secret newToken(SecureRandom random) {
        var octets = new byte[TOKEN_BYTES];
        random.nextBytes(octets);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    /// Reads `127.0.0.1:8025 <token>`; empty for any other text.
    public static Optional<AdminAccess> parse(String line) {
        var words = line.strip().split(" ");
        try {
            return words.length == 2 && words[1].matches("[A-Za-z0-9_-]+")
                    ? Optional.of(new AdminAccess(HostAndPort.parse(words[0]), Secret.of(words[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /// For the file.
    public String line() {
        return address + " " + token.reveal() + "\n";
    }

    /// The field `Authorization` of a request (RFC 6750 §2.1).
    String authorization() {
        return "Bearer " + token.reveal();
    }
}
