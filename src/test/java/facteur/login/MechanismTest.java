package facteur.login;

import static facteur.login.Logins.credentials;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MechanismTest {
    private final List<String> challenges = new ArrayList<>();

    @Test
    void isFoundByItsNameInAnyCase() {
        assertThat(Mechanism.parse("plain")).contains(Mechanism.PLAIN);
        assertThat(Mechanism.parse("Login")).contains(Mechanism.LOGIN);
        assertThat(Mechanism.parse("CRAM-MD5")).isEmpty();
        assertThat(Mechanism.parse("")).isEmpty();
    }

    @Test
    void plainAsksOnce() throws IOException {
        assertThat(plain("\0suite\0sesame")).isEqualTo(good("suite", "sesame"));
        assertThat(challenges).containsExactly("");
    }

    @Test
    void loginAsksForOneAndThenTheOther() throws IOException {
        assertThat(converse(Mechanism.LOGIN, Optional.empty(), base64("suite"), base64("sesame"))).isEqualTo(good("suite", "sesame"));
        assertThat(challenges).containsExactly("Username:", "Password:");
    }

    @Test
    void anInitialResponseSavesAChallenge() throws IOException {
        assertThat(converse(Mechanism.PLAIN, Optional.of(base64("\0suite\0sesame")))).isEqualTo(good("suite", "sesame"));
        assertThat(challenges).isEmpty();
        assertThat(converse(Mechanism.LOGIN, Optional.of(base64("suite")), base64("sesame"))).isEqualTo(good("suite", "sesame"));
        assertThat(challenges).containsExactly("Password:");
    }

    @Test
    void plainMayNameTheSameOneTwiceAndNobodyElse() throws IOException {
        assertThat(plain("suite\0suite\0sesame")).isEqualTo(good("suite", "sesame"));
        assertThat(plain("root\0suite\0sesame")).isEqualTo(new Parsed.Bad<>(Credentials.INVALID));
        assertThat(plain("Suite\0suite\0sesame")).isEqualTo(new Parsed.Bad<>(Credentials.INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "\0", "\0\0", "\0\0\0", "suite", "suite\0sesame", "\0suite", "\0suite\0", "\0\0sesame", "suite\0\0sesame",
        "\0suite\0sesame\0", "\0suite\0ses\0ame", "\0\0suite\0sesame", "\0suite\0\0sesame"
    })
    void plainWantsTwoNulsAndSomethingBetweenAndBehind(String message) throws IOException {
        assertThat(plain(message)).isEqualTo(new Parsed.Bad<>(Credentials.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "suite\0", "su\0ite"})
    void loginWantsSomethingWithoutNul(String text) throws IOException {
        var malformed = new Parsed.Bad<Credentials>(Credentials.MALFORMED);
        assertThat(converse(Mechanism.LOGIN, Optional.empty(), base64(text), base64("sesame"))).isEqualTo(malformed);
        assertThat(converse(Mechanism.LOGIN, Optional.empty(), base64("suite"), base64(text))).isEqualTo(malformed);
    }

    @Test
    void anEmptyInitialResponseIsAnEqualsSign() throws IOException {
        assertThat(converse(Mechanism.PLAIN, Optional.of("="))).isEqualTo(new Parsed.Bad<>(Credentials.MALFORMED));
        assertThat(challenges).isEmpty();
    }

    @Test
    void aStarBreaksOffWhereAResponseIsWanted() throws IOException {
        var cancelled = new Parsed.Bad<Credentials>(Mechanism.CANCELLED);
        assertThat(converse(Mechanism.PLAIN, Optional.empty(), "*")).isEqualTo(cancelled);
        assertThat(converse(Mechanism.LOGIN, Optional.empty(), "*")).isEqualTo(cancelled);
        assertThat(converse(Mechanism.LOGIN, Optional.empty(), base64("suite"), "*")).isEqualTo(cancelled);
        assertThat(converse(Mechanism.PLAIN, Optional.of("*"))).isEqualTo(new Parsed.Bad<>(Mechanism.NOT_BASE64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=", "A", "AHN1aXRlAHNlc2FtZ", "AHN1aXRl AHNlc2FtZQ==", "AHN1aXRlAHNlc2FtZQ==\n", "AHN1aXRl!", "AA==AA==", "_-__", "* ", "é"})
    void refusesWhatIsNoBase64(String line) throws IOException {
        assertThat(converse(Mechanism.PLAIN, Optional.empty(), line)).isEqualTo(new Parsed.Bad<>(Mechanism.NOT_BASE64));
    }

    @Test
    void refusesWhatIsNoUtf8() throws IOException {
        var latin = Base64.getEncoder().encodeToString("\0suite\0sésame".getBytes(ISO_8859_1));
        assertThat(converse(Mechanism.PLAIN, Optional.empty(), latin)).isEqualTo(new Parsed.Bad<>(Mechanism.NOT_BASE64));
        assertThat(plain("\0suite\0sésame")).isEqualTo(good("suite", "sésame"));
    }

    @Test
    void loginsComeInNfc() throws IOException {
        assertThat(plain("\0cafe\u0301\0sesame")).isEqualTo(good("caf\u00e9", "sesame"));
    }

    @Test
    void passesOnWhatWasWrongWithALine() throws IOException {
        var tooLong = new Parsed.Bad<String>(Reply.of(500, 5, 6, "too long"));
        assertThat(Mechanism.LOGIN.credentials(Optional.empty(), _ -> tooLong)).isEqualTo(new Parsed.Bad<>(tooLong.reply()));
    }

    private Parsed<Credentials> plain(String message) throws IOException {
        return converse(Mechanism.PLAIN, Optional.empty(), base64(message));
    }

    private Parsed<Credentials> converse(Mechanism mechanism, Optional<String> initial, String... lines) throws IOException {
        var left = new ArrayDeque<>(List.of(lines));
        challenges.clear();
        return mechanism.credentials(initial, challenge -> {
            challenges.add(challenge);
            return new Parsed.Good<>(left.remove());
        });
    }

    private static Parsed<Credentials> good(String login, String password) {
        return new Parsed.Good<>(credentials(login, password));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
