package facteur.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.CountingDerivation;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordHashTest {
    /// What was derived before: a derivation takes a second in a JVM that optimises little.
    private static final Map<List<Object>, byte[]> DERIVATIONS = new HashMap<>();

    private static final String SALT = "AAECAwQFBgcICQoLDA0ODw";
    private static final String DERIVED =
            "qTMWg2nx4gOTfeO+aUnEhUZWfodw+uR4dp5x3bqL9//SHgcKNOzqvL+QJHyr8EoawZaoF5Mjh/vQWajMrjMWSA";

    /// What `hashlib.pbkdf2_hmac('sha512', …)` of Python makes of "sésame, ouvre-toi".
    private static final String KNOWN = "pbkdf2-sha512$210000$" + SALT + "$" + DERIVED;

    @ParameterizedTest
    @ValueSource(strings = {"s\u00e9same, ouvre-toi", "se\u0301same, ouvre-toi"})
    void isThatOfOtherProgramsHoweverAccentsAreTyped(String password) {
        var hash = PasswordHash.parse(KNOWN);
        assertThat(hash.matches(hash.derive(password, PasswordHashTest::derive))).isTrue();
        assertThat(hash.text()).isEqualTo(KNOWN);
    }

    @Test
    void matchesNothingElse() {
        var hash = PasswordHash.parse(KNOWN);
        assertThat(hash.matches(hash.derive("sesame, ouvre-toi", PasswordHashTest::derive))).isFalse();
    }

    @Test
    void ofTheSamePasswordDiffersEachTime() {
        var derivation = new CountingDerivation();
        var first = PasswordHash.of("sesame", derivation, new SecureRandom());
        var second = PasswordHash.of("sesame", derivation, new SecureRandom());
        assertThat(derivation.takeRuns()).containsExactly(210_000, 210_000);
        assertThat(first.text()).startsWith("pbkdf2-sha512$210000$").isNotEqualTo(second.text());
        assertThat(PasswordHash.parse(first.text()).matches(first.derive("sesame", derivation))).isTrue();
        assertThat(second.matches(first.derive("sesame", derivation))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0", "\0"})
    void isNotMadeOfWhatNobodyCouldLogInWith(String password) {
        assertThatThrownBy(() -> PasswordHash.of(password, new CountingDerivation(), new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "sesame",
        "pbkdf2-sha512",
        "pbkdf2-sha256$210000$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$-1$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$0$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$209999$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$5000001$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$2147483648$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$999999999999999999$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$99999999999999999999999$" + SALT + "$" + DERIVED,
        "pbkdf2-sha512$210000$AAECAwQFBgcICQoLDA0O$" + DERIVED,
        "pbkdf2-sha512$210000$AAECAwQFBgcICQoLDA0ODxAAA$" + DERIVED,
        "pbkdf2-sha512$210000$AAECAwQFBgcICQoLDA0OD!$" + DERIVED,
        "pbkdf2-sha512$210000$" + SALT + "$" + DERIVED + "==",
        "pbkdf2-sha512$210000$" + SALT + "$" + DERIVED + "$",
        "pbkdf2-sha512$210000$" + SALT + "$qTMW",
        "$6$rounds=210000$c2FsdA$c2VzYW1l"
    })
    void refusesWhatIsNoneAndTellsHowToMakeOne(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`facteur password` makes one")
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("sesame").doesNotContain(SALT));
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        return DERIVATIONS.computeIfAbsent(
                List.of(password, HexFormat.of().formatHex(salt), rounds), _ -> new Pbkdf2().derive(password, salt, rounds));
    }

    @Test
    void printsAsStars() {
        assertThat(PasswordHash.parse(KNOWN)).hasToString("***");
    }
}
