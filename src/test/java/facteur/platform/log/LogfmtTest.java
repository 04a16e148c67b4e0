package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class LogfmtTest {
    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}\\p{L}@.:/_+,<>\\[\\]~*-]+");

    @Test
    void quotesEveryCharacterThatIsNoneOfAPlainWord() {
        for (var c = 0; c <= Character.MAX_CODE_POINT; c++) {
            assertSame(Character.toString(c));
        }
    }

    @Property
    void quotesEveryTextThatIsNoPlainWord(@ForAll @StringLength(max = 20) String text) {
        assertSame(text);
    }

    private static void assertSame(String text) {
        var line = new StringBuilder();
        Logfmt.append(line, text, 1000);
        var isPlain = PLAIN.matcher(text).matches();
        // A description for each of a million would take longer than all the rest.
        if (line.toString().equals(text) != isPlain) {
            assertThat(line.toString()).describedAs("plain: %s", isPlain).isEqualTo(text);
        }
    }
}
