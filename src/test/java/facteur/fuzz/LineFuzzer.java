package facteur.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.platform.log.LineFormat;
import facteur.platform.log.Lines;
import facteur.platform.log.Veil;
import java.util.LinkedHashMap;

/// Any value: one line, in which nothing else has changed and nothing is added; and behind a veil no address.
final class LineFuzzer {
    @FuzzTest(maxDuration = "1m")
    void isOneLineThatIsReadBackAsItWas(FuzzedDataProvider data) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event", "refused");
        fields.put("app", data.consumeString(200));
        fields.put("peer", data.consumeString(200));
        fields.put("reply", data.consumeRemainingAsString().lines().limit(10).reduce("", (a, b) -> a.length() > 500 ? a : a + "\n" + b));
        for (var format : LineFormat.values()) {
            var line = Lines.write(format, new Veil.None(), fields);
            assertThat(line.lines()).hasSize(1);
            assertThat(line.codePoints()).noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
            if (fields.values().stream().allMatch(value -> value.toString().length() < 800)) {
                assertThat(Lines.read(format, line)).isEqualTo(fields);
            }
            var veiled = Lines.write(format, new Veil.Masked(), fields);
            assertThat(veiled.lines()).hasSize(1);
            assertThat(Lines.read(format, veiled)).containsOnlyKeys(fields.keySet());
        }
    }
}
