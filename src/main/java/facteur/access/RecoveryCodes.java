package facteur.access;

import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a person writes down for the day the authenticator is lost: `k3m9-x2p7-00ab-ztq4`, 80 random bits in Crockford's base 32. So
/// much needs no slow hash: the SHA-256 of it and of the login is all that is stored.
final class RecoveryCodes {
    static final int COUNT = 10;

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int GROUPS = 4;
    private static final int PER_GROUP = 4;
    private static final Pattern FORM = Pattern.compile("[0-9a-hjkmnp-tv-z]{16}");

    private RecoveryCodes() {}

    /// @param random that can't be predicted
    static List<String> random(RandomGenerator random) {
        return Stream.generate(() -> code(random)).limit(COUNT).toList();
    }

    private static String code(RandomGenerator random) {
        var code = new StringBuilder();
        IntStream.range(0, GROUPS * PER_GROUP).forEach(i -> {
            code.append(i > 0 && i % PER_GROUP == 0 ? "-" : "");
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        });
        return code.toString();
    }

    /// In place of all earlier ones.
    static void replace(Statements statements, String login, List<String> codes) throws SQLException {
        statements.update("delete from recovery_code where login = ?", login);
        for (var code : codes) {
            statements.update("insert into recovery_code (login, digest) values (?, ?)", login, digest(login, normalized(code)));
        }
    }

    /// @return false when it is none, or was taken before, here or on another node
    static boolean take(Statements statements, String login, String code) throws SQLException {
        var normal = normalized(code);
        return FORM.matcher(normal).matches()
                && statements.update("delete from recovery_code where login = ? and digest = ?", login, digest(login, normal)) == 1;
    }

    static int left(Statements statements, String login) throws SQLException {
        return statements.first("select count(*) from recovery_code where login = ?", row -> row.getInt(1), login).orElse(0);
    }

    /// However it was typed: Crockford reads `o` as 0, `i` and `l` as 1.
    private static String normalized(String code) {
        return code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "").replace('o', '0').replace('i', '1').replace('l', '1');
    }

    private static String digest(String login, String code) {
        return SecretText.digest(login + " " + code);
    }
}
