package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class DecodedTextTest {
    @Test
    void foldsLettersInAnyCaseToTheSame() {
        for (var c = 0; c <= Character.MAX_VALUE; c++) {
            var character = (char) c;
            var folded = Character.toLowerCase(Character.toUpperCase(character));
            // A description for each would take longer than all the rest.
            if (DecodedText.fold(character) != folded) {
                assertThat(DecodedText.fold(character)).isEqualTo(folded);
            }
        }
    }

    /// So that nothing has to be searched twice.
    @Property
    void whatIsNotEncodedReadsAsItStandsThere(
            @ForAll @CharRange(from = ' ', to = '~') @Chars({'\\', '%', '+', '=', 'é', '\n'}) @StringLength(max = 12) String text) {
        var plain = DecodedText.plain(text);
        var decoded = DecodedText.of(text);
        if (!DecodedText.isEncoded(text)) {
            assertThat(decoded.toString()).isEqualTo(plain.toString());
            for (var i = 0; i < text.length(); i++) {
                assertThat(decoded.startOf(i)).isEqualTo(plain.startOf(i)).isEqualTo(i);
                assertThat(decoded.endOf(i)).isEqualTo(plain.endOf(i));
            }
        }
    }

    @Property
    void isBareWithoutQuotesAndBackslashes(@ForAll @Chars({'\\', '"', 'a', 'é', ' '}) @StringLength(max = 8) String localPart) {
        assertThat(LocalParts.bare(localPart)).isEqualTo(localPart.replaceAll("\\\\(.)|\"", "$1"));
    }
}
