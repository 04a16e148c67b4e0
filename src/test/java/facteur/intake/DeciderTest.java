package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainRegistry;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
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
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.settings.SettingsSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeciderTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Mailbox COMPANY = mailbox("Cabinet Dupont <office@dupont.example>");
    private static final Mailbox WIDE = mailbox("Jürgen <jürgen@dupont.example>");
    private static final Header HEADER = Header.parse("From: jürgen@dupont.example\r\n".getBytes(StandardCharsets.UTF_8));

    private final List<RelationId> asked = new ArrayList<>();
    private Lookup<OfficeSettings> office = office(new ReplyTo.ToSender());
    private Lookup<RelationCard> card = new Lookup.Unavailable<>("the source is down");
    private final DomainRegistry domains = new DomainRegistry(Set.of("dupont.example"));
    private HeaderEncoding upstream = HeaderEncoding.UTF8;

    private final SettingsSource source = new SettingsSource() {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public Lookup<OfficeSettings> office(OfficeId id) {
            return office;
        }

        @Override
        public Lookup<RelationCard> relation(OfficeId id, RelationId relation) {
            asked.add(relation);
            return card;
        }

        @Override
        public void close() {}
    };

    @Test
    void aLetterThatNeedsNoCardWaitsForNone() {
        assertThat(judge("task", HeaderEncoding.ASCII)).isInstanceOf(DecisionResult.Decided.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void aLetterThatNeedsOneGetsTheAnswerOfTheSource() {
        assertThat(judge("invoice", HeaderEncoding.ASCII)).isEqualTo(new DecisionResult.Unavailable("the source is down"));
        assertThat(asked).containsExactly(new RelationId("R-1"));
        card = new Lookup.Unusable<>("not a mailbox");
        assertThat(judge("invoice", HeaderEncoding.ASCII)).isEqualTo(new DecisionResult.Unusable("not a mailbox"));
        card = new Lookup.Missing<>();
        assertThat(replyTo(judge("invoice", HeaderEncoding.ASCII))).containsExactly(COMPANY);
        card = new Lookup.Found<>(new RelationCard(Map.of(Role.PARTNER, List.of(WIDE))), Instant.EPOCH);
        assertThat(replyTo(judge("invoice", HeaderEncoding.UTF8))).containsExactly(WIDE);
    }

    @Test
    void saysWhenTheOfficeIsWrong() {
        office = new Lookup.Unusable<>("company: is missing");
        assertThat(judge("task", HeaderEncoding.ASCII)).isEqualTo(new DecisionResult.Unusable("company: is missing"));
    }

    /// A wide local part needs an app that says SMTPUTF8 and an upstream that takes it.
    @Test
    void writesAWideAddressOnlyWhenAppAndUpstreamTakeIt() {
        assertThat(replyTo(judge("task", HeaderEncoding.UTF8))).extracting(Mailbox::address).containsExactly(WIDE.address());
        assertThat(replyTo(judge("task", HeaderEncoding.ASCII))).containsExactly(COMPANY);
        upstream = HeaderEncoding.ASCII;
        assertThat(replyTo(judge("task", HeaderEncoding.UTF8))).containsExactly(COMPANY);
    }

    @Test
    void tellsWhenADecisionNeedsUpstreamsThatTakeAWideAddress() {
        assertThat(needsUtf8(judge("task", HeaderEncoding.UTF8))).isTrue();
        assertThat(needsUtf8(judge("task", HeaderEncoding.ASCII))).isFalse();
        office = office(new ReplyTo.ToCompany());
        assertThat(needsUtf8(judge("task", HeaderEncoding.UTF8))).isFalse();
    }

    /// The registry is asked for the domain of the From that the letter's context asks for.
    @Test
    void looksUpTheStateOfTheDomainThatIsAskedAsFrom() {
        office = new Lookup.Found<>(office(Optional.of(from("t@durand.example")), Optional.of(from("t@dupont.example"))), Instant.EPOCH);
        assertThat(from(judge("invoice", HeaderEncoding.ASCII))).hasToString("t@dupont.example");
        assertThat(from(judge("task", HeaderEncoding.ASCII))).hasToString("inbox@relay.example");
        office = new Lookup.Found<>(office(Optional.of(from("t@dupont.example")), Optional.of(from("t@durand.example"))), Instant.EPOCH);
        assertThat(from(judge("invoice", HeaderEncoding.ASCII))).hasToString("inbox@relay.example");
        assertThat(from(judge("task", HeaderEncoding.ASCII))).hasToString("t@dupont.example");
    }

    private DecisionResult judge(String context, HeaderEncoding encoding) {
        var control =
                new ControlFields(Optional.of(new ContextName(context)), RelationId.parse("R-1"), Optional.empty(), Optional.empty(), List.of());
        return decider().judge(DUPONT, control, HEADER, encoding);
    }

    private Decider decider() {
        return new Decider(source, domains, new Policy(Address.of("inbox@relay.example"), UnknownContext.GENERAL), _ -> upstream);
    }

    private boolean needsUtf8(DecisionResult decided) {
        return decider().needsUtf8(((DecisionResult.Decided) decided).letter());
    }

    private static List<Mailbox> replyTo(DecisionResult judgement) {
        return ((Decision.Rewrite) ((DecisionResult.Decided) judgement).decision()).replyTo();
    }

    private static Address from(DecisionResult judgement) {
        return ((Decision.Rewrite) ((DecisionResult.Decided) judgement).decision()).from().address();
    }

    private static OfficeFrom from(String address) {
        return new OfficeFrom(Address.of(address), Optional.empty());
    }

    private static OfficeSettings office(Optional<OfficeFrom> ofOffice, Optional<OfficeFrom> ofInvoice) {
        var invoice = new ContextSettings(new ContextReplyTo.AsGeneral(), ofInvoice);
        return new OfficeSettings(DUPONT, "1", COMPANY, ofOffice, new ReplyTo.ToCompany(), Map.of(new ContextName("invoice"), invoice), List.of(),
                Sandbox.OFF, WhenUnverified.FALLBACK);
    }

    private static Lookup<OfficeSettings> office(ReplyTo general) {
        var invoice = new ContextSettings(new ReplyTo.ToRole(Role.PARTNER), Optional.empty());
        return new Lookup.Found<>(
                new OfficeSettings(DUPONT, "1", COMPANY, Optional.empty(), general, Map.of(new ContextName("invoice"), invoice), List.of(),
                        Sandbox.OFF, WhenUnverified.FALLBACK),
                Instant.EPOCH);
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }
}
