package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LineFormatTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plain                              | plain",
        "jan@dupont.example                 | jan@dupont.example",
        "<jan+x@dupont.example>             | <jan+x@dupont.example>",
        "<>                                 | <>",
        "j***@dupont.example                | j***@dupont.example",
        "Jürgen                             | Jürgen",
        "``                                 | \"\"",
        "two words                          | \"two words\"",
        "a=b                                | \"a=b\"",
        "x event=relayed                    | \"x event=relayed\"",
        "a\"b                               | \"a\\\"b\"",
        "a\\                                | \"a\\\\\"",
        "${jndi:ldap://127.0.0.1/a}         | \"${jndi:ldap://127.0.0.1/a}\"",
        "`a\r\nevent=relayed`               | \"a\\r\\nevent=relayed\"",
        "`a\tb`                             | \"a\\tb\"",
        "`a\u0000b`                         | \"a\\u{0}b\"",
        "`a\u000Bb\u000C`                   | \"a\\u{b}b\\u{c}\"",
        "a\u001b[31mred                     | \"a\\u{1b}[31mred\"",
        "a\u007f\u0085b                     | \"a\\u{7f}\\u{85}b\"",
        "a\u2028b\u2029c                    | \"a\\u{2028}b\\u{2029}c\"",
        "a\u202Eb\u2066c\u200Fd             | \"a\\u{202e}b\\u{2066}c\\u{200f}d\"",
        "a\u200Bb\uFEFF                     | \"a\\u{200b}b\\u{feff}\"",
        "a\uD83Db                           | \"a\\u{d83d}b\"",
        "a \uD83D\uDE00                     | \"a \uD83D\uDE00\""
    })
    void logfmtQuotesWhatIsNoPlainWord(String value, String written) {
        assertThat(LineFormat.LOGFMT.write(fields(Map.of("what", value)))).isEqualTo("what=" + written);
    }

    @Test
    void listsAndNumbersAreThemselves() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event", "dropped");
        fields.put("recipients", List.of("a@b.example", "c\"d\u202E@\uD83D\uDE00.example"));
        fields.put("none", List.of());
        fields.put("age-millis", 12L);
        assertThat(LineFormat.LOGFMT.write(fields)).isEqualTo(
                "event=dropped recipients=\"a@b.example,c\\\"d\\u{202e}@\uD83D\uDE00.example\" none=\"\" age-millis=12");
        assertThat(LineFormat.JSON.write(fields)).isEqualTo("{\"event\":\"dropped\",\"recipients\":[\"a@b.example\","
                + "\"c\\\"d\\u202e@\\ud83d\\ude00.example\"],\"none\":[],\"age-millis\":12}");
    }

    @ParameterizedTest
    @EnumSource
    void isReadBackAsItWas(LineFormat format) {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++) {
            var fields = fields(Map.of("msg", text(random), "what", text(random)));
            var line = format.write(fields);
            assertThat(line.lines()).hasSize(1);
            assertThat(Lines.read(format, line)).isEqualTo(fields);
        }
    }

    /// systemd's journal cuts a line of 48 KB in two.
    @ParameterizedTest
    @EnumSource
    void isShorterThanTheJournalTakes(LineFormat format) {
        for (var hostile : List.of("a", "€ ", "\n", "\u202E", "\uD83D\uDE00 ", "\"")) {
            var fields = new LinkedHashMap<String, Object>();
            for (var key = 'a'; key <= 'p'; key++) {
                fields.put(String.valueOf(key), hostile.repeat(40_000));
            }
            fields.put("list", List.of(hostile.repeat(10_000), hostile.repeat(10_000), "c"));
            var line = format.write(fields);
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(48 * 1024);
            assertThat(line.lines()).hasSize(1);
            assertThat(Lines.read(format, line).get("a")).endsWith("…");
        }
    }

    @Property(tries = 500)
    void writesWhatThePlainWayWrites(@ForAll LineFormat format, @ForAll("values") List<Object> values) {
        var fields = new LinkedHashMap<String, Object>();
        values.forEach(value -> fields.put("key-" + fields.size(), value));
        // An assertion that describes lines of 14,000 characters takes longer than all the rest.
        var written = format.write(fields);
        var plain = PlainLine.write(format, fields);
        if (!written.equals(plain)) {
            assertThat(written).isEqualTo(plain);
        }
    }

    @Provide
    Arbitrary<List<Object>> values() {
        var texts = Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('!', '~').ofMaxLength(60),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60),
                Arbitraries.strings().ascii().ofMaxLength(20),
                Arbitraries.strings().withCharRange('\u00A0', '\u00FF').withChars("abc ").ofMaxLength(20),
                Arbitraries.strings().ofMaxLength(20));
        var all = Arbitraries.frequencyOf(
                Tuple.of(8, texts),
                Tuple.of(1, Combinators.combine(texts, Arbitraries.of(7_990, 8_010, 14_000)).as(LineFormatTest::filled)));
        return Arbitraries.oneOf(
                all.map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                all.list().ofMaxSize(4).map(Object.class::cast))
                .list()
                .ofMaxSize(6);
    }

    private static String filled(String text, int length) {
        return text.isEmpty() ? "x".repeat(length) : text.repeat(length / text.length() + 1).substring(0, length);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0, 0x11_0000)
                .map(c -> c % 3 == 0 ? c % 0x100 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static SequencedMap<String, Object> fields(Map<String, String> values) {
        return new LinkedHashMap<>(values);
    }
}
