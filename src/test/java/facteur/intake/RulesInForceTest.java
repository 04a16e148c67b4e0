package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.domain.DomainRegistry;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.Roles;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.rewrite.ReceivedClient;
import facteur.settings.FilesSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RulesInForceTest {
    private static final Address SHARED = Address.of("inbox@example.org");

    private final AtomicInteger closed = new AtomicInteger();
    private final RulesInForce rules = new RulesInForce(rules(1));

    @Test
    void theOldOnesAreDoneWithAtOnceWhenNoLetterGoesByThem() {
        assertThat(receivedFields()).isEqualTo(1);
        rules.replace(rules(2), closed::incrementAndGet);
        assertThat(closed).hasValue(1);
        assertThat(receivedFields()).isEqualTo(2);
        assertThat(closed).hasValue(1);
    }

    @Test
    void theOldOnesAreDoneWithAfterTheLastLetter() {
        int seen = rules.lend(first -> rules.lend(second -> {
            rules.replace(rules(2), closed::incrementAndGet);
            assertThat(receivedFields()).isEqualTo(2);
            assertThat(closed).hasValue(0);
            return second.receivedFields();
        }) + closed.get() * 100 + first.receivedFields() * 10);
        assertThat(seen).isEqualTo(11);
        assertThat(closed).hasValue(1);
    }

    @Test
    void aLetterThatFailsGivesThemBack() {
        assertThatThrownBy(() -> rules.lend(_ -> {
            throw new IllegalStateException("a bug");
        }))
                .hasMessage("a bug");
        rules.replace(rules(2), closed::incrementAndGet);
        assertThat(closed).hasValue(1);
    }

    private int receivedFields() {
        return rules.lend(IntakeRules::receivedFields);
    }

    private static IntakeRules rules(int receivedFields) {
        var policy = new Policy(SHARED, UnknownContext.GENERAL);
        var source = new FilesSource(Path.of("nowhere"), SHARED, Roles.DEFAULT, InstantSource.system());
        return new IntakeRules(new Decider(source, new DomainRegistry(Set.of()), policy, _ -> HeaderEncoding.UTF8), new ReversePathRule.Keep(),
                receivedFields, ReceivedClient.FULL, "relay.example.org", Optional.empty(), Optional.empty());
    }
}
