package facteur.explain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainRegistry;
import facteur.fixture.MemorySettings;
import facteur.fixture.TestTime;
import facteur.intake.Decider;
import facteur.intake.OutboundEncoding;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.json.Json;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.route.RouteSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainerTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Mailbox JAN = Mailbox.parse("Jan Janssens <jan@dupont.example>").orElseThrow();
    private static final Mailbox AN = Mailbox.parse("An Peeters <an@dupont.example>").orElseThrow();
    private static final Mailbox WIDE = Mailbox.parse("Jürgen <jürgen@dupont.example>").orElseThrow();
    private static final ExplainRequest INVOICE = ExplainRequest.of(
            Optional.of("dupont"), Optional.of("Invoice"), Optional.of("R-1"), Optional.of(JAN.toString()), HeaderEncoding.ASCII);

    private final TestTime time = new TestTime();
    private final MemorySettings settings = new MemorySettings()
            .with(office("v42", new ContextReplyTo.AsGeneral()))
            .with(DUPONT, new RelationId("R-1"), new RelationCard(Map.of(Role.PARTNER, List.of(AN), Role.SUBSTITUTE, List.of(WIDE))));

    @TempDir
    private Path state;

    private static OfficeSettings office(String version, ContextReplyTo invoices) {
        return new OfficeSettings(DUPONT, version, Mailbox.parse("Cabinet Dupont <office@dupont.example>").orElseThrow(), Optional.empty(),
                new ReplyTo.ToCompany(), Map.of(new ContextName("invoice"), new ContextSettings(invoices, Optional.empty())), List.of(),
                Sandbox.OFF, WhenUnverified.FALLBACK);
    }

    private static OfficeSettings late(OfficeSettings office) {
        return new OfficeSettings(office.id(), office.version(), office.company(), office.from(), office.replyTo(), office.contexts(),
                office.users(), office.sandbox(), office.whenUnverified(), Replies.LATE, office.returns());
    }

    private Explainer explainer(Optional<OfficeId> defaultOffice, OutboundEncoding outbound, String upstreams) {
        var decider = new Decider(
                settings, new DomainRegistry(Set.of()), new Policy(Address.of("inbox@relay.example"), UnknownContext.GENERAL), outbound);
        var routes = RouteSettings.from(ConfigFile.parse(upstreams, Path.of("facteur.yaml"), new Problems()), state, "relay.example");
        return new Explainer(settings, decider, new Departures(routes, new KeyFolder(state), Optional.of("reply.example.org")), defaultOffice, time);
    }

    private Explainer explainer() {
        return explainer(Optional.empty(), OutboundEncoding.ASSUMED_UTF8, "");
    }

    private static Explanation explained(ExplainResult result) {
        return ((ExplainResult.Explained) result).explanation();
    }

    private static List<Mailbox> replyTo(Explanation explanation) {
        return ((Decision.Rewrite) explanation.decision()).replyTo();
    }

    @Test
    void explainsByTheSettingsThatTheOfficeHas() {
        time.advance(Duration.ofMinutes(5));
        var explanation = explained(explainer().explain(INVOICE));
        assertThat(replyTo(explanation)).extracting(Mailbox::toString).containsExactly("Cabinet Dupont <office@dupont.example>");
        assertThat(explanation.source()).isEqualTo("memory");
        assertThat(explanation.settingsAge()).isEqualTo(Duration.ofMinutes(5));
        assertThat(explanation.relation()).isEqualTo("R-1");
        assertThat(explanation.letter().sender()).contains(JAN);
    }

    /// Its cards and domains are those that the office has.
    @Test
    void explainsByADraft() {
        time.advance(Duration.ofMinutes(5));
        var draft = office("draft-1", new ReplyTo.ToRole(Role.PARTNER));
        var explanation = explained(explainer().explain(INVOICE, draft));
        assertThat(replyTo(explanation)).containsExactly(AN);
        assertThat(explanation.source()).isEqualTo("draft");
        assertThat(explanation.settingsAge()).isZero();
        assertThat(replyTo(explained(explainer().explain(INVOICE)))).isNotEqualTo(List.of(AN));
        assertThat(Json.of(ExplanationJson.members(explanation))).contains(
                "\"replyToRule\": \"context.role\"", "\"settingsVersion\": \"draft-1\"", "\"settingsSource\": \"draft\"");
    }

    /// The rules are as they were: only what is written is another address.
    @Test
    void showsTheAddressThatStandsForThePeople() {
        var draft = late(office("draft-1", new ReplyTo.ToRole(Role.PARTNER)));
        var explanation = explained(explainer().explain(INVOICE, draft));
        assertThat(replyTo(explanation)).containsExactly(AN);
        assertThat(explanation.withoutDeparture().replyAddress()).map(Mailbox::written)
                .contains("\"An Peeters, Cabinet Dupont\" <r-TOKEN@reply.example.org>");
        assertThat(Json.of(ExplanationJson.members(explanation)))
                .contains("\"replyAddress\": \"\\\"An Peeters, Cabinet Dupont\\\" <r-TOKEN@reply.example.org>\"");
        assertThat(explained(explainer().explain(INVOICE)).replyAddress()).isEmpty();
    }

    @Test
    void theOfficeNeedNotKnowOfTheOperatorsUpstreams() {
        var explanation = explained(explainer().explain(INVOICE));
        assertThat(ExplanationJson.members(explanation)).containsKeys("routes", "sandbox", "signature");
        assertThat(ExplanationJson.members(explanation.withoutDeparture()))
                .doesNotContainKeys("routes", "sandbox", "signature")
                .containsKeys("office", "context", "relation", "sender", "from", "fromRule", "replyTo", "replyToRule", "settingsAge", "warnings");
    }

    @Test
    void takesTheOfficeThatIsNamedOrTheDefault() {
        var unnamed = ExplainRequest.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), HeaderEncoding.ASCII);
        assertThat(explainer().explain(unnamed)).isEqualTo(new ExplainResult.OfficeNeeded());
        assertThat(explained(explainer(Optional.of(DUPONT), OutboundEncoding.ASSUMED_UTF8, "").explain(unnamed)).letter().office().id())
                .isEqualTo(DUPONT);
        assertThat(explainer().explain(letter("X-Office-Id: durand\r\n"))).isEqualTo(new ExplainResult.NoOffice("durand"));
        assertThat(explainer().explain(letter("X-Office-Id: No Office\r\n"))).isEqualTo(new ExplainResult.NoOffice("No Office"));
        assertThat(explainer().explain(letter("X-Office-Id: dupont\r\n"))).isInstanceOf(ExplainResult.Explained.class);
    }

    private static ExplainRequest letter(String header) {
        return new ExplainRequest(Optional.empty(), Header.parse(header.getBytes(StandardCharsets.US_ASCII)), HeaderEncoding.ASCII, List.of());
    }

    @Test
    void tellsThatALetterIsRefusedBeforeTheRules() {
        var twice = letter("X-Office-Id: dupont\r\nX-Context: task\r\nX-Context: invoice\r\n");
        assertThat(explainer().explain(twice)).isInstanceOf(ExplainResult.Refused.class);
        assertThat(explainer().explain(twice, office("draft", new ContextReplyTo.AsGeneral()))).isInstanceOf(ExplainResult.Refused.class);
    }

    /// A running relay knows what its upstreams take.
    @Test
    void warnsOfAnAssumptionOnlyWhereItIsOne() {
        settings.with(office("v43", new ReplyTo.ToRole(Role.SUBSTITUTE)));
        var wide = ExplainRequest.of(
                Optional.of("dupont"), Optional.of("invoice"), Optional.of("R-1"), Optional.empty(), HeaderEncoding.UTF8);
        var smarthost = "upstreams: [{ name: a, kind: smtp, address: 'smtp.example.net:587' }]";
        assertThat(explained(explainer(Optional.empty(), OutboundEncoding.ASSUMED_UTF8, smarthost).explain(wide)).warnings())
                .anyMatch(warning -> warning.contains("accepts SMTPUTF8"));
        var known = explained(explainer(Optional.empty(), _ -> HeaderEncoding.UTF8, smarthost).explain(wide));
        assertThat(known.warnings()).isEmpty();
        assertThat(replyTo(known)).containsExactly(WIDE);
    }

    @Test
    void aLineEndMakesNoOtherField() {
        var request = ExplainRequest.of(
                Optional.of("dupont"), Optional.of("invoice\r\nX-Relation-Id: R-1"), Optional.empty(), Optional.empty(), HeaderEncoding.ASCII);
        assertThat(explained(explainer().explain(request)).relation()).isEmpty();
    }
}
