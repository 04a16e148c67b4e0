package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReversePathTest {
    @ParameterizedTest
    @ValueSource(strings = {"<>", "<jan@dupont.example>", "<\"a>b c\"@dupont.example>", "<jürgen@bücher.example>"})
    void readsWhatItWrites(String text) {
        assertThat(ReversePath.of(text)).hasToString(text);
        assertThat(ReversePath.of(text)).isEqualTo(ReversePath.of(text)).hasSameHashCodeAs(ReversePath.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<", ">", "<<>>", "x", "jan@dupont.example", "<jan@dupont.example", "jan@dupont.example>", "< >", "<jan>"})
    void refusesAnyOtherText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ReversePath.of(text));
    }
}
