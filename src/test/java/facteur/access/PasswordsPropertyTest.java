package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Which passwords are good enough, which logins are logins, and what recovery codes look like.
final class PasswordsPropertyTest {
    private static final Person JAN = new Person(
            "jan.janssens@dupont.example", "Jan Janssens-De Vries", Optional.of("Office@dupont.example"), Optional.empty(), Rights.NONE, true, false,
            Instant.EPOCH, "root", Optional.empty(), Optional.empty());

    @Property(tries = 300)
    void whatIsLongEnoughIsGoodWhateverItIsMadeOf(@ForAll("passwords") String password) {
        var length = Normalizer.normalize(password, Normalizer.Form.NFC).codePoints().count();
        var expected = length < 12 ? Optional.of(PasswordFlaw.TOO_SHORT) : length > 256 ? Optional.of(PasswordFlaw.TOO_LONG) : Optional.empty();
        assertThat(Passwords.flaw(password, JAN)).isEqualTo(expected);
    }

    /// Of characters that no common password is made of alone.
    @Provide
    static Arbitrary<String> passwords() {
        var parts = Arbitraries.of("日", "é", "e\u0301", "\uD83D\uDE00", "ß", " ", "§", "Q", "ø");
        return Arbitraries.integers().between(0, 270).flatMap(count -> parts.list().ofSize(count).map(list -> String.join("", list)));
    }

    @Property(tries = 100)
    void whatTellsWhoItIsIsNone(@ForAll("own") String own, @ForAll boolean isUpper) {
        assertThat(Passwords.flaw(isUpper ? own.toUpperCase(Locale.ROOT) : own, JAN)).contains(PasswordFlaw.THE_LOGIN);
    }

    @Provide
    static Arbitrary<String> own() {
        return Arbitraries.of(JAN.login(), JAN.name(), JAN.address().orElseThrow());
    }

    @Property(tries = 200)
    void aCharacterThatCanNotBeKeptIsRefused(@ForAll("passwords") String password, @ForAll @IntRange(max = 270) int at,
            @ForAll("unreadable") String bad) {
        var cut = password.offsetByCodePoints(0, (int) Math.min(at, password.codePoints().count()));
        // Half a character beside the other half would be a whole one.
        assertThat(Passwords.flaw(password.substring(0, cut) + bad + password.substring(cut), JAN)).contains(PasswordFlaw.UNREADABLE);
    }

    @Provide
    static Arbitrary<String> unreadable() {
        return Arbitraries.of("\0", "\uD83D", "\uDE00");
    }

    @Property
    void aLoginIsTheSameInAnyCase(@ForAll("logins") String login) {
        var lower = new NewPerson(login, "", Optional.empty(), List.of(Grant.viewer())).login();
        assertThat(lower).isEqualTo(NewPerson.normalized(" " + login.toUpperCase(Locale.ROOT))).isEqualTo(login.toLowerCase(Locale.ROOT));
        assertThat(NewPerson.normalized(lower)).isEqualTo(lower);
    }

    @Provide
    static Arbitrary<String> logins() {
        var first = Arbitraries.chars().range('a', 'z').range('A', 'Z').range('0', '9').map(String::valueOf);
        var rest = Arbitraries.strings().withCharRange('a', 'z').withCharRange('A', 'Z').numeric().withChars("._@+-").ofMaxLength(63);
        return Combinators.combine(first, rest).as(String::concat);
    }

    @Property(tries = 100)
    void recoveryCodesAreTenAndNoneTwice(@ForAll long seed) {
        assertThat(new HashSet<>(RecoveryCodes.random(new Random(seed))))
                .hasSize(10)
                .allMatch(code -> code.matches("([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}"));
    }
}
