package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

final class PercentTextPropertyTest {
    @Property
    void whatIsEncodedIsReadBack(@ForAll String text) {
        var isPlain = text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
        if (isPlain) {
            assertThat(PercentText.decode(PercentText.encode(text))).contains(text);
        }
    }

    @Property
    void neitherControlsNorLettersOfOthersAreTaken(@ForAll @CharRange(from = 0, to = 0x2000) String raw) {
        PercentText.decode(raw).ifPresent(text -> {
            assertThat(text.chars()).noneMatch(Character::isISOControl);
            assertThat(raw.chars()).allMatch(c -> c >= ' ' && c <= '~');
        });
    }
}
