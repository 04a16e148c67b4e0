package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReversePathRuleTest {
    private static final Address SHARED = Address.of("inbox@shared.example");
    private static final Address OWN = Address.of("b-1@return.example");
    private static final Address FROM = Address.of("office@dupont.example");

    @ParameterizedTest
    @CsvSource({
        "shared,              <inbox@shared.example>",
        "from,                <office@dupont.example>",
        "keep,                <jan@dupont.example>",
        "bounces@example.org, <bounces@example.org>",
        "bounces@exämple.org, <bounces@xn--exmple-cua.org>",
        "returns,             <b-1@return.example>"
    })
    void givesTheReversePath(String written, String expected) {
        var rule = ReversePathRule.parse(written, SHARED);
        assertThat(rule.apply(ReversePath.of("<jan@dupont.example>"), FROM, () -> OWN)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "from", "keep", "returns", "bounces@example.org"})
    void theNullReversePathStays(String written) {
        assertThat(ReversePathRule.parse(written, SHARED).apply(ReversePath.NULL, FROM, () -> OWN)).isEqualTo(ReversePath.NULL);
    }

    @Test
    void refusesWhatIsNoRule() {
        assertThatThrownBy(() -> ReversePathRule.parse("sender", SHARED)).hasMessageContaining("shared, from, keep");
    }
}
