package facteur.replay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.explain.Departures;
import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.fixture.ArbitraryOffices;
import facteur.fixture.MemorySettings;
import facteur.fixture.TestTime;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.letter.Provenance;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.policy.UnknownContext;
import facteur.route.RouteSettings;
import facteur.spool.PastLetter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What a replay finds of a letter in the log is what explain says of it: for any office, draft, card and letter.
final class ReplayPropertyTest {
    private static final Departures DEPARTURES = new Departures(
            RouteSettings.from(ConfigFile.parse("", Path.of("facteur.yaml"), new Problems()), Path.of("unused"), "relay.example"),
            new KeyFolder(Path.of("unused")));

    /// @param card of the client R-1; there is no other
    record Case(OfficeSettings current, OfficeSettings draft, RelationCard card, PastLetter letter, UnknownContext unknown) {}

    @Property
    void decidesAsExplainDoes(@ForAll("cases") Case each) {
        var settings = new MemorySettings().with(each.current()).with(ArbitraryOffices.OFFICE, new RelationId("R-1"), each.card());
        var decider = ReplaySamples.decider(settings, each.unknown());
        var explainer = new Explainer(settings, decider, DEPARTURES, Optional.empty(), new TestTime());
        var said = ExplainRequest.of(
                Optional.of("dupont"),
                given(each.letter().context()),
                given(each.letter().relation()),
                given(each.letter().sender()),
                each.letter().encoding());
        assertThat(new TwoDecisions(settings, decider, each.current(), each.draft()).of(each.letter(), List.of(each.letter())))
                .isEqualTo(new TwoDecisions.Pair.Decided(
                        outcome(explainer.explain(said)), outcome(explainer.explain(said, each.draft()))));
    }

    private static Optional<String> given(Provenance.Value value) {
        return Optional.of(value.text()).filter(text -> !text.isEmpty());
    }

    private static Outcome outcome(ExplainResult result) {
        return Outcome.of(((ExplainResult.Explained) result).explanation().decision());
    }

    @Property
    void whatADraftLeavesAloneStays(@ForAll("cases") Case each) {
        var settings = new MemorySettings().with(each.current()).with(ArbitraryOffices.OFFICE, new RelationId("R-1"), each.card());
        var tally = new Tally(
                new TwoDecisions(settings, ReplaySamples.decider(settings, each.unknown()), each.current(), each.current()), () -> false);
        tally.add(List.of(each.letter()));
        assertThat(tally.result(50, ReplayResult.End.LOG).unchanged()).isEqualTo(1);
    }

    @Provide
    Arbitrary<Case> cases() {
        var letters = Combinators.combine(
                ArbitraryOffices.contextNames().map(ContextName::text).optional(),
                Arbitraries.of("", "R-1", "R-2"),
                ArbitraryOffices.optionalMailboxes(),
                Arbitraries.of(HeaderEncoding.class))
                .as((context, relation, sender, encoding) -> new PastLetter(
                        "01m8468qb1dasymv",
                        TestTime.START,
                        new Provenance.Context(context.orElse("")),
                        new Provenance.Relation(relation),
                        new Provenance.Sender(sender.map(mailbox -> mailbox.address().toString()).orElse("")),
                        encoding));
        return Combinators.combine(
                ArbitraryOffices.offices(), ArbitraryOffices.offices(), ArbitraryOffices.cards(), letters, Arbitraries.of(UnknownContext.class))
                .as(Case::new);
    }
}
