package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XtextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "QQ314159            | QQ314159",
        "!*,-<>~;            | !*,-<>~;",
        "a+20b               | a b",
        "+2B+3D              | +=",
        "+2B2B               | +2B",
        "+5C+24+7E           | \\$~",
        "\\\\$1              | \\\\$1"
    })
    void saysWhatIsWritten(String encoded, String decoded) {
        assertThat(Xtext.parse(encoded).orElseThrow().decoded()).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "a b", "a=b", "+", "+2", "+2b", "+3d", "a+", "+0D+0A", "+00", "+1F", "+7F", "+80", "+FF", "\t", "\r", "\0", "é", "\u2028", "+GG"
    })
    void refusesWhatIsNotXtextOrNotPrintable(String text) {
        assertThat(Xtext.parse(text)).isEmpty();
    }

    @Test
    void isBounded() {
        assertThat(Xtext.parse("x".repeat(500))).isPresent();
        assertThat(Xtext.parse("x".repeat(501))).isEmpty();
        assertThat(Xtext.parse("+20".repeat(1_000_000))).isEmpty();
    }
}
