package facteur.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.access.BearerField;
import facteur.access.TokenText;
import java.util.List;
import java.util.regex.Pattern;

/// Any fields Authorization: what is presented is a token68 that stands in the field, and nothing else is repeated. The input is the
/// fields, a line each.
final class BearerFieldFuzzer {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    @FuzzTest(maxDuration = "1m")
    void readsWhateverTheFields(byte[] bytes) {
        var fields = List.of(new String(bytes, ISO_8859_1).split("\n", -1));
        var read = BearerField.parse(fields);
        switch (read) {
            case BearerField.Presented(var token) -> {
                assertThat(fields).hasSize(1);
                assertThat(fields.getFirst()).contains(token.reveal());
                assertThat(token.reveal()).matches(TOKEN);
                assertThat(read.toString()).isEqualTo("Presented[token=***]");
                assertThat(BearerField.parse(List.of("bearer  " + token.reveal() + " "))).isEqualTo(read);
                TokenText.parse(token.reveal()).ifPresent(text -> {
                    assertThat(text.reveal()).isEqualTo(token.reveal());
                    assertThat(text.toString()).isEqualTo("fct_" + text.id() + "_***");
                });
            }
            case BearerField.Unreadable(var why) -> assertThat(why).isIn(
                    "more than one field Authorization", "Authorization must be 'Bearer', a blank and the token");
            case BearerField.None() -> assertThat(fields.getFirst().strip().matches("(?i)bearer")).isFalse();
        }
    }
}
