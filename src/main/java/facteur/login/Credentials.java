package facteur.login;

import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import facteur.platform.config.Secret;
import java.text.Normalizer;

/// What a client says to log in. Immutable.
///
/// @param login in NFC
public record Credentials(String login, Secret password) {
    /// RFC 4954 §6. The same for a login that isn't there and for a wrong password.
    public static final Reply INVALID = Reply.of(535, 7, 8, "Authentication credentials invalid");

    static final Reply MALFORMED = Reply.of(501, 5, 2, "Login and password can't be read");

    /// Reads the message of PLAIN (RFC 4616 §2): `[authzid] NUL authcid NUL passwd`. No client acts for another one here,
    /// so the first is empty or equals the second.
    static Parsed<Credentials> plain(String message) {
        var parts = message.split("\0", -1);
        if (parts.length != 3) {
            return new Parsed.Bad<>(MALFORMED);
        }
        var credentials = of(parts[1], parts[2]);
        var isForSomebodyElse = !parts[0].isEmpty() && !parts[0].equals(parts[1]);
        return isForSomebodyElse && credentials instanceof Parsed.Good ? new Parsed.Bad<>(INVALID) : credentials;
    }

    static Parsed<Credentials> of(String login, String password) {
        return isUsable(login) && isUsable(password)
                ? new Parsed.Good<>(new Credentials(Normalizer.normalize(login, Normalizer.Form.NFC), Secret.of(password)))
                : new Parsed.Bad<>(MALFORMED);
    }

    /// RFC 4616 §2: at least one character, no NUL. To HMAC, a NUL at the end of a short key wouldn't even count.
    static boolean isUsable(String text) {
        return !text.isEmpty() && text.indexOf('\0') < 0;
    }
}
