package facteur.replay;

import static facteur.replay.ReplaySamples.COMPANY;
import static facteur.replay.ReplaySamples.DUPONT;
import static facteur.replay.ReplaySamples.SHARED;
import static facteur.replay.ReplaySamples.decider;
import static facteur.replay.ReplaySamples.office;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.explain.Departures;
import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.fixture.MemorySettings;
import facteur.fixture.TestTime;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeFrom;
import facteur.office.OfficeSettings;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.json.Json;
import facteur.policy.Rule;
import facteur.policy.UnknownContext;
import facteur.route.RouteSettings;
import facteur.settings.SettingsSource;
import facteur.spool.PastLetter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayerTest {
    private static final ContextName INVOICE = new ContextName("invoice");

    @TempDir
    private Path folder;

    private final TestTime time = new TestTime();
    private final MemorySettings settings = ReplaySamples.settings();
    private PreparedLog prepared;

    @BeforeEach
    void open() throws Exception {
        prepared = new PreparedLog(folder);
    }

    @AfterEach
    void close() {
        prepared.close();
    }

    private static Map<ContextName, ContextSettings> invoices(ContextReplyTo replyTo) {
        return Map.of(INVOICE, new ContextSettings(replyTo, Optional.empty()));
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
    void anOfficeWithoutLettersHasNothingToTry() throws Exception {
        prepared.add("durand", "", "", "");
        assertThat(replayed(office(new ReplyTo.ToCompany()))).isEqualTo(new ReplayResult.Replayed(
                0, Optional.empty(), 0, 0, 0, 0, ReplayResult.End.LOG, List.of(), List.of()));
    }
}
