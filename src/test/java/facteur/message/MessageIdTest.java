package facteur.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"<1@app.example>", "1@app.example", "<1>", "x", "<a b>", "\u00e9", "<(a)b@c>", "(comment) <1@app.example>", "<@>"})
    void anythingNamesALetter(String value) {
        assertThat(MessageId.names(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<>", "< >", "<\t>", " <> ", "<><>", "<", ">", "(a)", "<(a)>", "(a) <> (b)", "(never closed", "((a)b\\)", "\u00a0", "<\u3000>"})
    void nothingNamesNone(String value) {
        assertThat(MessageId.names(value)).isFalse();
    }
}
