package facteur.platform.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {
    @Test
    void readsEveryTypeAndKeepsTheOrder() throws JsonException {
        var value = JsonReader.read(" {\"z\": [1, -2.50, true, false, null], \"a\": {\"é😀\": \"\\u0000\\n\"}} ");
        assertThat(value).hasToString("{\"z\":[1,-2.50,true,false,null],\"a\":{\"é😀\":\"\\u0000\\u000a\"}}");
        assertThat(((JsonValue.Members) value).members().sequencedKeySet()).containsExactly("z", "a");
        assertThat(JsonReader.read("12")).isEqualTo(new JsonValue.Number(new BigDecimal("12.0")));
    }

    @Test
    void writesWhatItReads() throws JsonException {
        for (var text : List.of("{}", "[]", "\"\"", "0", "[[],{}]", "{\"\":\"\"}", "\"\\\"\\\\/\"", "1E+1000")) {
            assertThat(JsonReader.read(text)).hasToString(text);
        }
        assertThat(new JsonValue.Text("a\ud83d")).hasToString("\"a\\ud83d\"");
    }

    @Test
    void comparesObjectsWithoutTheirOrder() throws JsonException {
        assertThat(JsonReader.read("{\"a\":1,\"b\":2}")).isEqualTo(JsonReader.read("{\"b\":2.0,\"a\":1}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "{`a`:1,`a`:1}; 1:8; twice",
        "{`a`:{`b`:1,`b`:2}}; 1:13; twice",
        "||; 1:1; empty",
        "1 2; 1:3; more text",
        "{} x; 1:4; Unrecognized",
        "{`a`:1,}; 1:8; ",
        "[1,]; 1:4; ",
        "{'a':1}; 1:2; ",
        "// no; 1:1; ",
        "NaN; 1:4; ",
        "01; 1:2; ",
        "+1; 1:2; ",
        ".5; 1:1; ",
        "`\\x`; 1:3; ",
        "[`\\ud800`]; 1:2; surrogate",
        "{`\\udc00`:1}; 1:9; surrogate",
        "1e1001; 1:1; exponent",
        "1e-99999; 1:1; exponent",
        "1e99999999999; 1:1; exponent",
        "{`a`:; 1:6; ",
        "[; 1:2; close marker for Array",
        "{`a`:1; 1:7; close marker for Object",
    })
    void refuses(String text, String place, String message) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.read(text.replace('`', '"')))
                .satisfies(e -> assertThat(e.line() + ":" + e.column()).isEqualTo(place))
                .withMessageContaining(message == null ? "" : message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Source"));
    }

    @Test
    void tellsTheLine() {
        assertThat(catchThrowableOfType(JsonException.class, () -> JsonReader.read("{\n  \"a\": 1,\n  b: 2\n}")).line()).isEqualTo(3);
    }

    @Test
    void boundsWhatAStrangerCanAskOfUs() throws JsonException {
        assertThat(JsonReader.read("[".repeat(JsonReader.DEPTH) + "]".repeat(JsonReader.DEPTH))).isInstanceOf(JsonValue.Array.class);
        for (var bomb : List.of("[".repeat(JsonReader.DEPTH + 1), "{\"a\":".repeat(1_000_000), "9".repeat(JsonReader.NUMBER_LENGTH + 1),
                "9".repeat(10_000_000),
                "{\"" + "a".repeat(JsonReader.NAME_LENGTH + 1) + "\":1}", "[" + "0,".repeat(1_000_000) + "0]")) {
            assertThatExceptionOfType(JsonException.class).isThrownBy(() -> JsonReader.read(bomb));
        }
    }

    @Test
    void readsUtf8Alone() throws JsonException, IOException {
        assertThat(JsonReader.read(stream("[\"é\"]".getBytes(UTF_8)))).hasToString("[\"é\"]");
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> JsonReader.read(stream("[1]".getBytes(UTF_16BE))));
        for (var octets : List.of(new byte[] {'"', (byte) 0xe9, '"'}, new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})) {
            assertThatExceptionOfType(JsonException.class).isThrownBy(() -> JsonReader.read(stream(octets))).withMessageContaining("UTF-8");
        }
    }

    @Test
    void passesOnWhatTheStreamSays() {
        assertThatIOException().isThrownBy(() -> JsonReader.read(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int start, int length) throws IOException {
                return read();
            }
        })).withStackTraceContaining("connection reset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\ud800\"}"})
    void refusesHalfAPairThatIsNotEscaped(String text) {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> JsonReader.read(text));
    }

    private static InputStream stream(byte[] octets) {
        return new ByteArrayInputStream(octets);
    }
}
