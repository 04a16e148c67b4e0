package facteur.upstream;

import facteur.smtp.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/// Who we are to the upstream (RFC 4954). Prints without its password.
///
/// @param password asked for anew at each connection; from several threads
public record Login(String name, Supplier<String> password) {
    /// By PLAIN (RFC 4616), else LOGIN.
    ///
    /// @return the last reply; empty when the upstream offers neither, then nothing was sent
    Optional<Reply> presentTo(RelayTransport connection) throws LostConnection {
        if (connection.offersLogin("PLAIN")) {
            return Optional.of(connection.ask("AUTH PLAIN " + base64("\0" + name + "\0" + password.get())));
        }
        if (!connection.offersLogin("LOGIN")) {
            return Optional.empty();
        }
        var reply = connection.ask("AUTH LOGIN");
        reply = reply.code() == 334 ? connection.ask(base64(name)) : reply;
        return Optional.of(reply.code() == 334 ? connection.ask(base64(password.get())) : reply);
    }

    @Override
    public String toString() {
        return name + ":***";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
