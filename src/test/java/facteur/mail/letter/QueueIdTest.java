package facteur.mail.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "01m8468qb1dasym", "01m8468qb1dasymvv", "01M8468QB1DASYMV", "01m8468qb1dasym ", "01m8468qb1dasym\n"})
    void refusesWhatIsNoId(String text) {
        assertThat(QueueId.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueId(text));
    }

    @Test
    void isOfDigitsAndLettersThatLookLikeNoOther() {
        for (var c = 0; c <= Character.MAX_VALUE; c++) {
            var text = (char) c + "1m8468qb1dasymv";
            assertThat(QueueId.parse(text).isPresent())
                    .describedAs("%x", c)
                    .isEqualTo(Character.toString(c).matches("[0-9a-hjkmnp-tv-z]"));
        }
    }
}
