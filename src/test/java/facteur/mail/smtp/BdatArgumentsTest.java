package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BdatArgumentsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, INNER",
        "0 LAST, 0, LAST",
        "86 last, 86, LAST",
        "007  LaSt, 7, LAST",
        "999999999999999999, 999999999999999999, INNER",
        "99999999999999999999 LAST, 9223372036854775807, LAST"
    })
    void readsSizeAndPosition(String text, long chunkBytes, BdatArguments.Position position) {
        assertThat(BdatArguments.parse(text)).isEqualTo(new Parsed.Good<>(new BdatArguments(chunkBytes, position)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "LAST", "-1", "+1", "1.5", "0x10", "1e3", "12LAST", "12 FIRST", "12 LAST LAST", "12 13", "LAST 12", "12\tLAST", "٣",
        "123456789012345678901", "12 ﬂAST"
    })
    void refusesTheRest(String text) {
        assertThat(BdatArguments.parse(text)).isInstanceOfSatisfying(
                Parsed.Bad.class, bad -> assertThat(bad.reply().toString()).startsWith("501 5.5.4"));
    }
}
