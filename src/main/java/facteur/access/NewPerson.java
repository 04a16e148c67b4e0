package facteur.access;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who is to have an account. Immutable.
///
/// @param login up to 64 letters, digits, dots, dashes, underscores, plus and at signs: kept in lower case, so that a telephone's
///         capital at the beginning is no other login
/// @param name as pages show it; empty: the login
public record NewPerson(String login, String name, Optional<String> address, List<Grant> grants) {
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");
    private static final int LONGEST_NAME = 100;

    /// @throws IllegalArgumentException for a login or a name of another form, or without a grant
    public NewPerson {
        login = normalized(login);
        if (login.isEmpty()) {
            throw new IllegalArgumentException("a login is made of a-z 0-9 . _ @ + -, up to 64 of them, a letter or digit first");
        }
        name = name.isBlank() ? login : Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
        if (name.length() > LONGEST_NAME || name.codePoints().anyMatch(NewPerson::isInvisible)) {
            throw new IllegalArgumentException("a name has up to " + LONGEST_NAME + " characters, none of them a control character");
        }
        grants = List.copyOf(grants);
        if (grants.isEmpty()) {
            throw new IllegalArgumentException("a person without a role could see nothing");
        }
    }

    /// As it is kept and looked for; empty when it is none.
    static String normalized(String login) {
        var lower = login.strip().toLowerCase(Locale.ROOT);
        return LOGIN.matcher(lower).matches() ? lower : "";
    }

    private static boolean isInvisible(int point) {
        var type = Character.getType(point);
        return Character.isISOControl(point) || type == Character.FORMAT || type == Character.SURROGATE || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
