package facteur.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.domain.DomainRegistry;
import facteur.explain.Departures;
import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.fixture.MemorySettings;
import facteur.fixture.TestTime;
import facteur.intake.Decider;
import facteur.intake.OutboundEncoding;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.json.Json;
import facteur.policy.Policy;
import facteur.policy.Rule;
import facteur.policy.UnknownContext;
import facteur.route.RouteSettings;
import facteur.settings.SettingsSource;
import facteur.spool.PastLetter;
import facteur.spool.SpoolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayerTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Address SHARED = Address.of("inbox@relay.example");
    private static final Mailbox COMPANY = mailbox("Cabinet Dupont <office@dupont.example>");
    private static final ContextName INVOICE = new ContextName("invoice");

    @TempDir
    private Path folder;

    private final TestTime time = new TestTime();
    private final MemorySettings settings = new MemorySettings();
    private final List<RelationId> asked = new ArrayList<>();
    private PreparedLog prepared;

    @BeforeEach
    void open() throws Exception {
        prepared = new PreparedLog(folder);
        settings.with(office(new ReplyTo.ToRole(Role.RESPONSIBLE)));
        settings.with(DUPONT, new RelationId("R-1"), card("An Peeters <an@dupont.example>", "Piet <piet@dupont.example>"));
        settings.with(DUPONT, new RelationId("R-2"), card("an@dupont.example", "AN@Dupont.example"));
    }

    @AfterEach
    void close() {
        prepared.close();
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    private static RelationCard card(String responsible, String partner) {
        return new RelationCard(Map.of(Role.RESPONSIBLE, List.of(mailbox(responsible)), Role.PARTNER, List.of(mailbox(partner))));
    }

    private static OfficeSettings office(ReplyTo general) {
        return office(general, Map.of(), Optional.empty());
    }

    private static OfficeSettings office(ReplyTo general, Map<ContextName, ContextSettings> contexts, Optional<OfficeFrom> from) {
        return new OfficeSettings(
                DUPONT, "v42", COMPANY, from, general, contexts, List.of(), Sandbox.OFF, WhenUnverified.FALLBACK);
    }

    private static Map<ContextName, ContextSettings> invoices(ContextReplyTo replyTo) {
        return Map.of(INVOICE, new ContextSettings(replyTo, Optional.empty()));
    }

    private static Decider decider(SettingsSource source, UnknownContext unknown) {
        return new Decider(
                source, new DomainRegistry(Set.of("dupont.example")), new Policy(SHARED, unknown), OutboundEncoding.ASSUMED_UTF8);
    }

    private ReplayResult replay(SettingsSource source, OfficeSettings draft, int letters) throws Exception {
        return new Replayer(prepared.log(), time).replay(source, decider(source, UnknownContext.GENERAL), draft, letters);
    }

    private ReplayResult.Replayed replayed(OfficeSettings draft) throws Exception {
        return (ReplayResult.Replayed) replay(settings, draft, Replayer.USUAL);
    }

    /// What each letter gets, by `facteur explain`, and what it would get.
    @Test
    void countsAreThoseOfExplainRunOnEachLetter() throws Exception {
        var random = new Random(20261130);
        var ids = new ArrayList<QueueId>();
        for (var i = 0; i < 600; i++) {
            var id = prepared.add("dupont", one(random, "", "task", "invoice", "other"), one(random, "", "R-1", "R-2", "R-9"),
                    one(random, "", "jan@dupont.example", "an@dupont.example"));
            ids.addFirst(id);
            prepared.add("durand", "invoice", "R-1", "jan@dupont.example");
        }
        var draft = office(
                new ReplyTo.ToRole(Role.PARTNER),
                Map.of(
                        INVOICE, new ContextSettings(new ReplyTo.ToSender(), Optional.of(new OfficeFrom(COMPANY.address(), Optional.empty()))),
                        new ContextName("task"), new ContextSettings(new ContextReplyTo.ToCompanyOr(Optional.empty()), Optional.empty())),
                Optional.empty());

        var result = replayed(draft);

        var unchanged = 0;
        var changed = 0;
        for (var id : ids.subList(0, 500)) {
            var said = ExplainRequest.of(prepared.log().letter(new Provenance.Office("dupont"), id).orElseThrow());
            var before = explained(explainer().explain(said));
            var after = explained(explainer().explain(said, draft));
            if (before.isSame(after)) {
                unchanged++;
            } else {
                changed++;
                assertThat(result.groups()).anyMatch(group -> group.before().equals(before) && group.after().equals(after));
            }
        }
        assertThat(unchanged).isPositive();
        assertThat(changed).isPositive();
        assertThat(result).extracting(ReplayResult.Replayed::letters, ReplayResult.Replayed::unchanged, ReplayResult.Replayed::changed,
                ReplayResult.Replayed::refused, ReplayResult.Replayed::undecided, ReplayResult.Replayed::end)
                .containsExactly(500, unchanged, changed, 0, 0, ReplayResult.End.ENOUGH);
        assertThat(result.groups().stream().mapToInt(ReplayResult.Group::letters).sum()).isEqualTo(changed);
        assertThat(result.groups()).isSortedAccordingTo((one, other) -> other.letters() - one.letters());
        assertThat(result.groups()).allSatisfy(group -> assertThat(group.examples()).hasSize(Math.min(5, group.letters()))
                .extracting(PastLetter::context).containsOnly(new Provenance.Context(group.context())));
    }

    private static String one(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private Explainer explainer() {
        var routes = RouteSettings.from(ConfigFile.parse("", Path.of("facteur.yaml"), new Problems()), folder, "relay.example");
        return new Explainer(
                settings, decider(settings, UnknownContext.GENERAL), new Departures(routes, new KeyFolder(folder)), Optional.empty(), time);
    }

    private static Outcome explained(ExplainResult result) {
        return Outcome.of(((ExplainResult.Explained) result).explanation().decision());
    }

    @Test
    void whatStaysAtTheSameAddressIsNoChange() throws Exception {
        prepared.add("dupont", "invoice", "R-2", "");
        var result = replayed(office(new ReplyTo.ToCompany(), invoices(new ReplyTo.ToRole(Role.PARTNER)), Optional.empty()));
        assertThat(result.unchanged()).isEqualTo(1);
        assertThat(result.groups()).isEmpty();
    }

    @Test
    void gathersWhatChangesAlike() throws Exception {
        for (var i = 0; i < 7; i++) {
            prepared.add("dupont", "", "R-1", "");
        }
        var latest = prepared.add("dupont", "invoice", "R-1", "jan@dupont.example");
        var result = replayed(office(new ReplyTo.ToRole(Role.PARTNER)));
        assertThat(result.changed()).isEqualTo(8);
        assertThat(result.groups()).extracting(ReplayResult.Group::letters).containsExactly(7, 1);
        var group = result.groups().getLast();
        assertThat(group.context()).isEqualTo("invoice");
        assertThat(group.before()).isEqualTo(new Outcome.Written(
                SHARED, Rule.FROM_SHARED, List.of(Address.of("an@dupont.example")), Rule.GENERAL_ROLE));
        assertThat(group.after()).isEqualTo(new Outcome.Written(
                SHARED, Rule.FROM_SHARED, List.of(Address.of("piet@dupont.example")), Rule.GENERAL_ROLE));
        assertThat(group.examples()).extracting(PastLetter::id).containsExactly(latest.text());
        assertThat(Json.of(ReplayJson.members(result)))
                .contains("\"letters\": 8", "\"end\": \"log\"", "\"replyToRule\": \"general.role\"", "\"piet@dupont.example\"", latest.text());
    }

    @Test
    void showsTwentyGroupsAtMostTheLargestFirst() throws Exception {
        for (var i = 0; i < 25; i++) {
            for (var j = 0; j <= i % 3; j++) {
                prepared.add("dupont", "", "", i + "@dupont.example");
            }
        }
        var result = replayed(office(new ReplyTo.ToSender()));
        assertThat(result.changed()).isEqualTo(result.letters());
        assertThat(result.groups()).hasSize(20).isSortedAccordingTo((one, other) -> other.letters() - one.letters());
    }

    @Test
    void tellsWhatWouldBeRefused() throws Exception {
        prepared.add("dupont", "invoice", "R-1", "");
        prepared.add("dupont", "", "R-1", "");
        var refusing = new OfficeSettings(DUPONT, "draft", COMPANY, Optional.of(new OfficeFrom(Address.of("x@pending.example"), Optional.empty())),
                new ReplyTo.ToCompany(), Map.of(), List.of(), Sandbox.OFF, WhenUnverified.REFUSE);
        var result = replayed(refusing);
        assertThat(result.refused()).isEqualTo(2);
        assertThat(result.groups()).isEmpty();
        assertThat(result.refusals()).hasSize(2).allSatisfy(group -> assertThat(group.after()).isInstanceOf(Outcome.Refused.class));
        settings.with(refusing);
        assertThat(replayed(refusing).unchanged()).isEqualTo(2);
        assertThat(replayed(office(new ReplyTo.ToCompany())).changed()).isEqualTo(2);
    }

    @Test
    void looksUpACardOnceAndOnlyWhereItCounts() throws Exception {
        for (var i = 0; i < 9; i++) {
            prepared.add("dupont", "", "R-1", "");
            prepared.add("dupont", "task", "R-2", i + "@dupont.example");
        }
        replay(watched(settings::relation), office(new ReplyTo.ToRole(Role.PARTNER)), 50);
        assertThat(asked).containsExactly(new RelationId("R-2"), new RelationId("R-1"));
        asked.clear();
        settings.with(office(new ReplyTo.ToCompany()));
        replay(watched(settings::relation), office(new ReplyTo.ToSender()), 50);
        assertThat(asked).isEmpty();
    }

    @Test
    void aCardThatCannotBeUsedDecidesNothing() throws Exception {
        prepared.add("dupont", "", "R-1", "");
        prepared.add("dupont", "", "", "");
        var result = (ReplayResult.Replayed) replay(
                watched((_, _) -> new Lookup.Unusable<>("not a mailbox")), office(new ReplyTo.ToSender()), 50);
        assertThat(result.undecided()).isEqualTo(1);
        assertThat(result.unchanged()).isEqualTo(1);
    }

    /// Cards that are far away.
    @Test
    void endsWhenItsTimeIsUp() throws Exception {
        for (var i = 0; i < 30; i++) {
            prepared.add("dupont", "", "R-" + i, "");
        }
        var source = watched((office, relation) -> {
            time.advance(Duration.ofMillis(300));
            return settings.relation(office, relation);
        });
        var result = (ReplayResult.Replayed) replay(source, office(new ReplyTo.ToRole(Role.PARTNER)), 500);
        assertThat(result.letters()).isEqualTo(7);
        assertThat(result.end()).isEqualTo(ReplayResult.End.TIME);
        assertThat(result.since()).contains(TestTime.START.plusSeconds(30 - 6));
    }

    /// Each question for the office begins another replay, as far as that is let.
    @Test
    void twoRunAtATime() throws Exception {
        prepared.add("dupont", "", "R-1", "");
        var replayer = new Replayer(prepared.log(), time);
        var decider = decider(settings, UnknownContext.GENERAL);
        var draft = office(new ReplyTo.ToSender());
        var results = new ArrayList<ReplayResult>();
        var sources = new ArrayList<SettingsSource>();
        sources.add(source(office -> {
            try {
                results.add(replayer.replay(sources.getFirst(), decider, draft, 50));
            } catch (SpoolException broken) {
                throw new AssertionError(broken);
            }
            return settings.office(office);
        }, settings::relation));
        results.add(replayer.replay(sources.getFirst(), decider, draft, 50));
        assertThat(results.getFirst()).isEqualTo(new ReplayResult.Busy());
        assertThat(results).hasSize(3);
        assertThat(results.subList(1, 3)).allMatch(ReplayResult.Replayed.class::isInstance);
        assertThat(replayer.replay(settings, decider, draft, 50)).isInstanceOf(ReplayResult.Replayed.class);
    }

    @Test
    void needsAnOfficeThatCanBeUsed() throws Exception {
        var stranger = new OfficeSettings(new OfficeId("durand"), "v1", COMPANY, Optional.empty(), new ReplyTo.ToCompany(), Map.of(), List.of(),
                Sandbox.OFF, WhenUnverified.FALLBACK);
        assertThat(replay(settings, stranger, 50)).isEqualTo(new ReplayResult.NoOffice());
        assertThat(replay(broken(new Lookup.Unavailable<>("down")), stranger, 50)).isEqualTo(new ReplayResult.Unavailable("down"));
        assertThat(replay(broken(new Lookup.Unusable<>("wrong")), stranger, 50)).isEqualTo(new ReplayResult.Unusable("wrong"));
    }

    @Test
    void anOfficeWithoutLettersHasNothingToTry() throws Exception {
        prepared.add("durand", "", "", "");
        assertThat(replayed(office(new ReplyTo.ToCompany()))).isEqualTo(new ReplayResult.Replayed(
                0, Optional.empty(), 0, 0, 0, 0, ReplayResult.End.LOG, List.of(), List.of()));
    }

    @Test
    void takesNoOtherNumberOfLetters() {
        for (var letters : List.of(-1, 0, 49, 5_001)) {
            assertThatThrownBy(() -> replay(settings, office(new ReplyTo.ToCompany()), letters)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void writesNothing() throws Exception {
        for (var i = 0; i < 60; i++) {
            prepared.add("dupont", "", "R-1", "");
        }
        var before = rows();
        replayed(office(new ReplyTo.ToRole(Role.PARTNER)));
        assertThat(rows()).isEqualTo(before);
    }

    /// All that the file holds, as SQLite counts changes of it: a commit by any connection makes another number.
    private List<Object> rows() throws Exception {
        return prepared.database().reading(statements -> List.of(
                statements.first("pragma data_version", row -> row.getLong(1)).orElseThrow(),
                statements.first("select count(*) || max(settings_version) from letter", row -> row.getString(1)).orElseThrow(),
                statements.first("select group_concat(state || due_at || attempts) from queue", row -> row.getString(1)).orElseThrow()));
    }

    private interface Cards {
        Lookup<RelationCard> relation(OfficeId office, RelationId relation);
    }

    /// @param cards what it answers, once it has noted the question
    private SettingsSource watched(Cards cards) {
        return source(settings::office, (office, relation) -> {
            asked.add(relation);
            return cards.relation(office, relation);
        });
    }

    private static SettingsSource broken(Lookup<OfficeSettings> answer) {
        return source(_ -> answer, (_, _) -> new Lookup.Missing<>());
    }

    private static SettingsSource source(Function<OfficeId, Lookup<OfficeSettings>> offices, Cards cards) {
        return new SettingsSource() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Lookup<OfficeSettings> office(OfficeId office) {
                return offices.apply(office);
            }

            @Override
            public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
                return cards.relation(office, relation);
            }

            @Override
            public void close() {}
        };
    }
}
