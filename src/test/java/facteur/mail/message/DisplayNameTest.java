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
    void cleansWhatIsCleanNoFurther() {
        var random = new Random(7);
        for (var i = 0; i < 3000; i++) {
            var name = DisplayName.clean(RandomNames.next(random));
            assertThat(DisplayName.clean(name)).isEqualTo(name);
        }
    }
}
