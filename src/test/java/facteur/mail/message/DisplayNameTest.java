package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisplayNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Jan Janssens                               | Jan Janssens",
        "`  Jan \t Janssens  `                      | Jan Janssens",
        "Jan\u00A0Janssens\u3000                    | Jan Janssens",
        "`Jan\r\nBcc: x`                            | Jan Bcc: x",
        "`Jan\u0000\u001b\u007f\u0085Janssens`      | Jan Janssens",
        "Jan\u2028Janssens\u2029                    | Jan Janssens",
        "\u202Esnessnaj\u202C naJ                   | snessnaj naJ",
        "\u2066Jan\u2069\u200E\u200F\u061C          | Jan",
        "J\u200Ba\u200Cn\u200D\u2060\uFEFF\u00AD    | Jan",
        "J\u034Fa\u3164n\uFFA0\u2800\u115F          | Jan",
        "J\uE000an\uD83D                            | Jan",
        "boss@bank.example                          | ``",
        "Jan boss@bank.example Janssens             | Jan Janssens",
        "Jan <boss@bank.example>                    | Jan",
        "boss＠bank.example Jan                     | Jan",
        "boss﹫bank.example Jan                     | Jan",
        "boss\u200B@\u200Bbank.example Jan          | Jan",
        "boss @ bank.example                        | boss bank.example",
        "@                                          | ``",
        "Cafe\u0301                                 | Café",
        "Jan \uD83D\uDE00                           | Jan \uD83D\uDE00",
        "Dupont & Fils, \"SRL\" <1>                 | Dupont & Fils, \"SRL\" <1>"
    })
    void cleans(String text, String name) {
        assertThat(DisplayName.clean(text)).isEqualTo(name);
    }

    @Test
    void keepsAtMostAHundredAndTwentyEightCharacters() {
        assertThat(DisplayName.clean("x".repeat(128))).hasSize(128);
        assertThat(DisplayName.clean("x".repeat(129))).hasSize(128);
        assertThat(DisplayName.clean("\uD83D\uDE00".repeat(1000))).isEqualTo("\uD83D\uDE00".repeat(128));
        assertThat(DisplayName.clean("x".repeat(127) + " y")).isEqualTo("x".repeat(127));
        assertThat(DisplayName.clean("\u200B".repeat(1000) + "Jan")).isEqualTo("Jan");
    }

    @Test
    void aPlainNameStaysAsItWouldAnyhow() {
        var random = new Random(9);
        for (var i = 0; i < 3000; i++) {
            staysAsItWouldAnyhow(RandomNames.next(random));
        }
        for (var length = 120; length < 140; length++) {
            staysAsItWouldAnyhow("x".repeat(length));
        }
    }

    /// Of the characters that a plain name may have, and of some beyond, every two next to each other.
    @Test
    void noTwoCharactersOfAPlainNameBecomeOthers() {
        for (var first = 0; first < 0x400; first++) {
            staysAsItWouldAnyhow(Character.toString(first));
            for (var second = 0; second < 0x400; second += first < 0x80 ? 1 : 7) {
                staysAsItWouldAnyhow(Character.toString(first) + Character.toString(second));
            }
        }
    }

    private static void staysAsItWouldAnyhow(String text) {
        if (!DisplayName.clean(text).equals(DisplayName.cleanAnyhow(text)) || !DisplayName.visible(text).equals(DisplayName.visibleAnyhow(text))) {
            assertThat(DisplayName.clean(text)).isEqualTo(DisplayName.cleanAnyhow(text));
            assertThat(DisplayName.visible(text)).isEqualTo(DisplayName.visibleAnyhow(text));
        }
    }

    @Test
    void cleansWhatIsCleanNoFurther() {
        var random = new Random(7);
        for (var i = 0; i < 3000; i++) {
            var name = DisplayName.clean(RandomNames.next(random));
            assertThat(DisplayName.clean(name)).isEqualTo(name);
        }
    }
}
