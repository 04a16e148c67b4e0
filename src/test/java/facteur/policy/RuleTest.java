package facteur.policy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleTest {
    @Test
    void everyRuleHasAnIdAndASentenceOfItsOwn() {
        assertThat(Rule.values()).extracting(Rule::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+(\\.[a-z]+){1,2}"));
        assertThat(Rule.values()).extracting(Rule::sentence).doesNotHaveDuplicates().allMatch(sentence -> sentence.endsWith("."));
        assertThat(List.of(Rule.values()).stream().map(Rule::toString).collect(joining(" ")))
                .isEqualTo("context.address context.general context.sender context.role context.role.empty general.company general.sender"
                        + " general.role general.role.empty sender.unknown from.shared from.office from.fallback");
    }

    @Test
    void theRowsBeforeTheOneThatFitsWerePassedOver() {
        assertThat(Rule.CONTEXT_ADDRESS.passedOver()).isEmpty();
        assertThat(Rule.CONTEXT_ROLE.passedOver()).containsExactly(Rule.CONTEXT_ADDRESS, Rule.CONTEXT_GENERAL, Rule.CONTEXT_SENDER);
        assertThat(Rule.SENDER_UNKNOWN.passedOver()).hasSize(9);
        assertThat(Rule.FROM_SHARED.passedOver()).isEmpty();
        assertThat(Rule.FROM_FALLBACK.passedOver()).containsExactly(Rule.FROM_SHARED, Rule.FROM_OFFICE);
    }
}
