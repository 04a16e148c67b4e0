package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import facteur.fixture.ArbitraryText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderFieldTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "A: b\\r\\n                        | A                  | b",
        "A:b\\r\\n                         | A                  | b",
        "A:\\r\\n                          | A                  | ``",
        "A: \\t \\r\\n                     | A                  | ``",
        "A : b\\r\\n                       | A                  | b",
        "A\\t \\t:\\tb\\t\\r\\n             | A                  | b",
        "A: b: c\\r\\n                     | A                  | b: c",
        "A::b\\r\\n                        | A                  | :b",
        "A: b\\r\\n c\\r\\n                 | A                  | b c",
        "A:\\r\\n b\\r\\n\\t \\tc\\r\\n      | A                  | `b\\t \\tc`",
        "A:\\r\\n \\r\\n b\\r\\n \\r\\n      | A                  | b",
        "0: =?utf-8?q?x?=\\r\\n            | 0                  | =?utf-8?q?x?="
    })
    void readsNameAndValue(String raw, String name, String value) {
        var field = HeaderField.of(octets(raw));
        assertThat(field.name()).isEqualTo(name);
        assertThat(field.is(name.toLowerCase(Locale.ROOT))).isTrue();
        assertThat(field.value()).isEqualTo(unescape(value));
        assertThat(field.sizeBytes()).isEqualTo(unescape(raw).length());
    }

    @Test
    void takesEveryPrintableCharacterInAName() {
        var name = "X-Weird!\"#$%&'()*+,-./;<=>?@[\\]^_`{|}~";
        assertThat(HeaderField.of((name + " : b\r\n").getBytes(StandardCharsets.US_ASCII)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ": b\\r\\n", " A: b\\r\\n", "\\tA: b\\r\\n", "A\\r\\n", "A b: c\\r\\n", "A\\0: b\\r\\n", "A\\r\\n : b\\r\\n",
        "Ä: b\\r\\n", "A\u007f: b\\r\\n"})
    void refusesWhatStartsNoField(String raw) {
        assertThatIllegalArgumentException().isThrownBy(() -> HeaderField.of(octets(raw)));
    }

    @Test
    void readsUtf8AndWhatIsNot() {
        assertThat(HeaderField.of("A: Ünïcode\r\n".getBytes(StandardCharsets.UTF_8)).value()).isEqualTo("Ünïcode");
        assertThat(HeaderField.of("A: Ünïcode\r\n".getBytes(StandardCharsets.ISO_8859_1)).value()).isEqualTo("Ünïcode");
        assertThat(HeaderField.of("A: \u00ff\u00fe\u00c0\u0080\r\n".getBytes(StandardCharsets.ISO_8859_1)).value())
                .describedAs("windows-1252, where UTF-8 it can't be")
                .isEqualTo("\u00ff\u00fe\u00c0\u20ac");
    }

    @Test
    void writesAFoldedValueAsItStands() {
        var field = HeaderField.of("Received", "from a\r\n\tby b;\r\n date");
        assertThat(field).hasToString("Received: from a\r\n\tby b;\r\n date");
        assertThat(field.value()).isEqualTo("from a\tby b; date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\r", "\\n", "\\r\\n", "a\\r\\nBcc: x@y.example", "a\\nb", "a\\rb", "a\\r\\n\\r\\nbody", "a\\n b", "a\\r b",
        "a\\r\\r\\n b", "a\\0b", "a\\r\\n b\\r\\n", "a\\r\\n"})
    void aValueCannotStartAFieldOfItsOwn(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> HeaderField.of("Subject", unescape(value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "From ", " From", "Fr om", "From:", "From: a\\r\\nBcc", "From\\r\\n", "From\\0", "Frôm"})
    void refusesAWrongName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> HeaderField.of(unescape(name), "x"));
    }

    @Test
    void equalsByItsOctets() {
        assertThat(HeaderField.of("A", "b"))
                .isEqualTo(HeaderField.of(octets("A: b\\r\\n")))
                .hasSameHashCodeAs(HeaderField.of(octets("A: b\\r\\n")))
                .isNotEqualTo(HeaderField.of("a", "b"))
                .isNotEqualTo(HeaderField.of("A", " b"));
    }

    @Property
    void aValueHoldsNoLineEndThatFoldsNothing(@ForAll("values") String value) {
        var breaksOut = value.replaceAll("\r\n(?=[ \t])", "").chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0);
        if (breaksOut) {
            assertThatIllegalArgumentException().isThrownBy(() -> HeaderField.of("A", value)).withMessageContaining("a line end");
        } else {
            assertThat(HeaderField.of("A", value).octets()).isEqualTo(("A: " + value + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Provide
    static Arbitrary<String> values() {
        return ArbitraryText.of(6, "a", " ", "\t", "\r\n ", "\r\n\t", "\r\n ", "\r\n", "\r", "\n", "\0");
    }

    @Property(tries = 3000)
    void aPlainValueIsReadAsAnyOther(@ForAll("raws") String raw) {
        var field = HeaderField.of(("A:" + raw).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(field.value()).isEqualTo(field.unfoldedValue());
        assertThat(field.decoded()).isEqualTo(field.unfoldedDecoded());
    }

    @Provide
    static Arbitrary<String> raws() {
        return ArbitraryText
                .of(9, "a", "bc d", " ", "\t", "\r\n", "\r\n\t", "\r", "\n", "\0", "\u001c", "\u000b", "\u0085", "\u00e9", "=?utf-8?q?x?=", "=?")
                .flatMap(text -> Arbitraries.of(text, text + "\r\n"));
    }

    private static byte[] octets(String text) {
        return unescape(text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
    }
}
