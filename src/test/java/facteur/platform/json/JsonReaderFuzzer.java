package facteur.platform.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Any bytes as JSON: a value that is written and read as the same one, or one sentence and a place.
final class JsonReaderFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsAnyBytes(byte[] bytes) throws IOException {
        JsonValue value;
        try {
            value = JsonReader.read(new ByteArrayInputStream(bytes));
        } catch (JsonException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            assertThat(refused.line()).isPositive();
            assertThat(refused.column()).isPositive();
            return;
        }
        var text = value.toString();
        assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
        try {
            assertThat(JsonReader.read(text)).isEqualTo(value).hasToString(text);
        } catch (JsonException e) {
            throw new AssertionError("what we write is JSON: " + text, e);
        }
    }
}
