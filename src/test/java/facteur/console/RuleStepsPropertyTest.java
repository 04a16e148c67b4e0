package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainState;
import facteur.fixture.ArbitraryOffices;
import facteur.mail.automatic.Language;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.SendingContext;
import facteur.policy.UnknownContext;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Each row of both tables is there, one of each decides, and each before it has a reason.
final class RuleStepsPropertyTest {
    private static final Address SHARED = Address.of("inbox@relay.example");
    private static final Policy POLICY = new Policy(SHARED, UnknownContext.GENERAL);

    @Property(tries = 500)
    void everyRowBeforeTheOneThatDecidesSaysWhyItDidNotFit(
            @ForAll("letters") SendingContext letter, @ForAll Language language, @ForAll boolean isNamed) {
        if (!(POLICY.decide(letter) instanceof Decision.Rewrite decision)) {
            throw new AssertionError("not refused by these rules");
        }
        var texts = Texts.in(language);
        var words = new MailWords(texts, ArbitraryOffices.ROLES, SHARED);
        var steps = new RuleSteps(
                texts, new Because(texts, words), words, new ReplyWords(texts, ArbitraryOffices.ROLES), letter, isNamed ? "R-1" : "",
                isNamed ? "jan" : "");
        var tables = steps.of(decision);
        assertThat(tables).hasSize(2);
        assertThat(ids(tables.getFirst())).isEqualTo(decision.fromRule().rows().stream().map(Object::toString).toList());
        assertThat(ids(tables.getLast())).isEqualTo(decision.replyToRule().rows().stream().map(Object::toString).toList());
        check(tables.getFirst(), decision.fromRule().id(), texts);
        check(tables.getLast(), decision.replyToRule().id(), texts);
    }

    private static List<String> ids(TryModel.Table table) {
        return table.steps().stream().map(TryModel.Step::rule).toList();
    }

    private static void check(TryModel.Table table, String decides, Texts texts) {
        var place = ids(table).indexOf(decides);
        for (var i = 0; i < table.steps().size(); i++) {
            var step = table.steps().get(i);
            assertThat(step.why().isEmpty()).as(step.toString()).isEqualTo(i >= place);
            assertThat(step.what().text()).isEqualTo(texts.of(i < place ? "try.unfit" : i == place ? "try.decides" : "try.unread"));
        }
    }

    @Provide
    Arbitrary<SendingContext> letters() {
        return Combinators.combine(
                ArbitraryOffices.offices(),
                ArbitraryOffices.cards(),
                ArbitraryOffices.contextNames().optional(),
                ArbitraryOffices.optionalMailboxes(),
                Arbitraries.<DomainState>of(
                        new DomainState.Verified(Instant.EPOCH), new DomainState.Pending(Instant.EPOCH), new DomainState.Suspended(Instant.EPOCH, ""))
                        .optional(),
                Arbitraries.of(HeaderEncoding.class))
                .as(SendingContext::new);
    }
}
