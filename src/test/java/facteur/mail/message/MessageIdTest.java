package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageIdTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
        "<1@app.example>                | <1@app.example>",
        "1@app.example                  | <1@app.example>",
        "` <1@app.example> `            | <1@app.example>",
        "(a comment) <1@app.example>    | <1@app.example>",
        "<1@app.example> (b) <2@c>      | <1@app.example>",
        "<1@app . example>              | <1@app.example>",
        "<1@(odd)app.example>           | <1@app.example>",
        "1>@app.example<                | <1@app.example>",
        "<Case@Counts.example>          | <Case@Counts.example>",
        "<>                             | ``",
        "(nothing)                      | ``"
    })
    void hasOneFormHoweverItWasCopied(String value, String id) {
        assertThat(MessageId.of(value)).isEqualTo(id);
        assertThat(MessageId.of(id)).isEqualTo(id);
    }

    @Test
    void isCutWhereItIsVeryLong() {
        var id = MessageId.of("<" + "x".repeat(900) + "@app.example>");
        assertThat(id).hasSize(MessageId.LONGEST).startsWith("<xx").endsWith("x>");
        assertThat(MessageId.of(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<1@app.example>", "1@app.example", "<1>", "x", "<a b>", "\u00e9", "<(a)b@c>", "(comment) <1@app.example>", "<@>"})
    void anythingNamesALetter(String value) {
        assertThat(MessageId.names(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<>", "< >", "<\t>", " <> ", "<><>", "<", ">", "(a)", "<(a)>", "(a) <> (b)", "(never closed", "((a)b\\)",
        "\u00a0", "<\u3000>"})
    void nothingNamesNone(String value) {
        assertThat(MessageId.names(value)).isFalse();
    }
}
