package facteur.login;

import facteur.platform.config.Section;
import java.text.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A login, and the password that goes with it.
///
/// @param login in NFC, compared exactly
public record Account(String login, PasswordHash password) {
    private static final int LONGEST = 255;

    /// Reads `login` and `password` of a section; both or neither.
    public static Optional<Account> from(Section section) {
        var login = section.value("login", Account::login);
        var password = section.secret("password").map(secret -> password(section, secret.reveal()));
        if (section.has("login") && !section.has("password")) {
            section.problem("password", "a login needs one: the hash that `facteur password` makes");
        }
        if (section.has("password") && !section.has("login")) {
            section.problem("login", "a password needs one");
        }
        return login.flatMap(name -> password.map(hash -> new Account(name, hash)));
    }

    private static String login(String text) {
        if (text.isBlank() || text.length() > LONGEST || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must be 1 to " + LONGEST + " characters, none of them a control character");
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /// The problem is worded here, not by the section: of a value from a file it would hide the advice.
    private static @Nullable PasswordHash password(Section section, String text) {
        try {
            return PasswordHash.parse(text);
        } catch (IllegalArgumentException problem) {
            section.problem("password", String.valueOf(problem.getMessage()));
            return null;
        }
    }
}
