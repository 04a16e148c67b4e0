package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BooleanWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "t", "yes", "Y", "on", "1", " true "})
    void saysYes(String text) {
        assertThat(BooleanWords.parse(text)).isEqualTo(BooleanWords.TRUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "f", "no", "N", "off", "0"})
    void saysNo(String text) {
        assertThat(BooleanWords.parse(text)).isEqualTo(BooleanWords.FALSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "-1", "00", "tr", "ja", "J", "null", "b'1'"})
    void doesNotGuess(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> BooleanWords.parse(text)).withMessage("'" + text + "' is not one of true, false");
    }
}
