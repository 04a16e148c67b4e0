package facteur.policy;

import static facteur.mail.smtp.HeaderEncoding.ASCII;
import static facteur.mail.smtp.HeaderEncoding.UTF8;
import static facteur.office.Role.COLLABORATOR;
import static facteur.office.Role.PARTNER;
import static facteur.office.Role.RESPONSIBLE;
import static facteur.office.Role.SUBSTITUTE;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainRegistry;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// The rows of the two tables: a context says what its replies do, the office what it does in general.
final class PolicyTest {
    private static final Address SHARED = Address.of("inbox@relay.example");
    private static final DomainRegistry DOMAINS = new DomainRegistry(Set.of("dupont.example"));
    private static final Mailbox COMPANY = mailbox("Cabinet Dupont <office@dupont.example>");
    private static final Mailbox JAN = mailbox("Jan Janssens <jan@dupont.example>");
    private static final Mailbox AN = mailbox("An Peeters <an@dupont.example>");
    private static final Mailbox TASKS = mailbox("Tasks <tasks@dupont.example>");
    private static final RelationCard CARD = card(Map.of(RESPONSIBLE, List.of(AN), COLLABORATOR, List.of()));

    private static final ContextName TASK = new ContextName("task");

    private static final Optional<ContextReplyTo> NO_CONTEXT = Optional.empty();
    private static final Optional<ContextReplyTo> UNSET = Optional.of(new ContextReplyTo.AsGeneral());
    private static final Optional<ContextReplyTo> GENERAL = Optional.of(new ContextReplyTo.ToCompanyOr(Optional.empty()));
    private static final Optional<ContextReplyTo> GENERAL_TASKS = Optional.of(new ContextReplyTo.ToCompanyOr(Optional.of(TASKS)));
    private static final Optional<ContextReplyTo> TO_SENDER = Optional.of(new ReplyTo.ToSender());

    private static Optional<ContextReplyTo> to(Role role) {
        return Optional.of(new ReplyTo.ToRole(role));
    }

    /// @param context what the letter's context says; [#NO_CONTEXT] when the letter names none
    /// @param office what the office says in general
    record ReplyRow(Optional<ContextReplyTo> context, ReplyTo office, Mailbox repliesTo, Rule rule) {}

    static final List<ReplyRow> REPLY_ROWS = List.of(
            new ReplyRow(NO_CONTEXT, new ReplyTo.ToCompany(), COMPANY, Rule.GENERAL_COMPANY),
            new ReplyRow(NO_CONTEXT, new ReplyTo.ToSender(), JAN, Rule.GENERAL_SENDER),
            new ReplyRow(NO_CONTEXT, new ReplyTo.ToRole(RESPONSIBLE), AN, Rule.GENERAL_ROLE),
            new ReplyRow(NO_CONTEXT, new ReplyTo.ToRole(SUBSTITUTE), COMPANY, Rule.GENERAL_ROLE_EMPTY),
            new ReplyRow(UNSET, new ReplyTo.ToCompany(), COMPANY, Rule.GENERAL_COMPANY),
            new ReplyRow(UNSET, new ReplyTo.ToSender(), JAN, Rule.GENERAL_SENDER),
            new ReplyRow(UNSET, new ReplyTo.ToRole(RESPONSIBLE), AN, Rule.GENERAL_ROLE),
            new ReplyRow(UNSET, new ReplyTo.ToRole(PARTNER), COMPANY, Rule.GENERAL_ROLE_EMPTY),
            new ReplyRow(GENERAL_TASKS, new ReplyTo.ToCompany(), TASKS, Rule.CONTEXT_ADDRESS),
            new ReplyRow(GENERAL_TASKS, new ReplyTo.ToSender(), TASKS, Rule.CONTEXT_ADDRESS),
            new ReplyRow(GENERAL_TASKS, new ReplyTo.ToRole(RESPONSIBLE), TASKS, Rule.CONTEXT_ADDRESS),
            new ReplyRow(GENERAL, new ReplyTo.ToCompany(), COMPANY, Rule.CONTEXT_GENERAL),
            new ReplyRow(GENERAL, new ReplyTo.ToSender(), COMPANY, Rule.CONTEXT_GENERAL),
            new ReplyRow(GENERAL, new ReplyTo.ToRole(RESPONSIBLE), COMPANY, Rule.CONTEXT_GENERAL),
            new ReplyRow(TO_SENDER, new ReplyTo.ToCompany(), JAN, Rule.CONTEXT_SENDER),
            new ReplyRow(TO_SENDER, new ReplyTo.ToRole(RESPONSIBLE), JAN, Rule.CONTEXT_SENDER),
            new ReplyRow(to(RESPONSIBLE), new ReplyTo.ToCompany(), AN, Rule.CONTEXT_ROLE),
            new ReplyRow(to(RESPONSIBLE), new ReplyTo.ToSender(), AN, Rule.CONTEXT_ROLE),
            new ReplyRow(to(COLLABORATOR), new ReplyTo.ToCompany(), COMPANY, Rule.CONTEXT_ROLE_EMPTY),
            new ReplyRow(to(SUBSTITUTE), new ReplyTo.ToSender(), COMPANY, Rule.CONTEXT_ROLE_EMPTY),
            new ReplyRow(to(PARTNER), new ReplyTo.ToRole(RESPONSIBLE), COMPANY, Rule.CONTEXT_ROLE_EMPTY));

    @ParameterizedTest
    @FieldSource("REPLY_ROWS")
    void sendsRepliesWhereTheRowSays(ReplyRow row) {
        var decision = decide(letter(office(row.office(), contexts(row.context())), CARD, row.context().map(_ -> TASK), Optional.of(JAN), ASCII));
        assertThat(decision.replyTo()).containsExactly(row.repliesTo());
        assertThat(decision.replyToRule()).isEqualTo(row.rule());
    }

    /// The From of the office, that of the context; the one that is written, by which rule. The domain dupont.example is
    /// verified.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                               |                          | Cabinet Dupont <inbox@relay.example>   | from.shared
            office@dupont.example              |                          | Cabinet Dupont <office@dupont.example> | from.office
            Dupont SRL <office@DUPONT.example> |                          | Dupont SRL <office@DUPONT.example>     | from.office
            Durand <office@durand.example>     |                          | Cabinet Dupont <inbox@relay.example>   | from.fallback
            office@mail.dupont.example         |                          | Cabinet Dupont <inbox@relay.example>   | from.fallback
                                               | Taken <t@dupont.example> | Taken <t@dupont.example>               | from.office
            Dupont SRL <office@dupont.example> | t@dupont.example         | Cabinet Dupont <t@dupont.example>      | from.office
            Dupont SRL <office@dupont.example> | t@durand.example         | Cabinet Dupont <inbox@relay.example>   | from.fallback
            Dupont SRL <office@durand.example> | t@dupont.example         | Cabinet Dupont <t@dupont.example>      | from.office
            jürgen@dupont.example              |                          | Cabinet Dupont <inbox@relay.example>   | from.fallback
            """)
    void writesTheFromThatTheRowSays(@Nullable String office, @Nullable String context, String from, String rule) {
        var contexts = Map.of(TASK, new ContextSettings(new ContextReplyTo.AsGeneral(), Optional.ofNullable(context).map(PolicyTest::officeFrom)));
        var wanted = office(Optional.ofNullable(office).map(PolicyTest::officeFrom), new ReplyTo.ToCompany(), contexts, List.of());
        var decision = decide(letter(wanted, CARD, Optional.of(TASK), Optional.of(JAN), ASCII));
        assertThat(decision.from()).hasToString(from);
        assertThat(decision.fromRule().id()).isEqualTo(rule);
        assertThat(decision.replyTo()).describedAs("written even when it equals From").containsExactly(COMPANY);
    }

    @Test
    void anUnknownSenderIsTheCompany() {
        var unlisted = office(Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of());
        var listed = office(Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of(AN, mailbox("jan@dupont.example")));
        assertUnknown(unlisted, Optional.empty());
        assertUnknown(listed, Optional.empty());
        assertUnknown(listed, Optional.of(mailbox("Evil <evil@example.org>")));
        assertUnknown(listed, Optional.of(mailbox("Jan <jan@mail.dupont.example>")));
        assertUnknown(listed, Optional.of(mailbox("Jan <jän@dupont.example>")));
        assertUnknown(unlisted, Optional.of(mailbox("Inbox <INBOX@Relay.Example>")));
    }

    @Test
    void aListedSenderIsWrittenAsTheListDoes() {
        var office = office(Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of(AN, mailbox("jan@dupont.example")));
        assertThat(decide(general(office, CARD, Optional.of(mailbox("Peeters <AN@Dupont.Example>")), ASCII)).replyTo())
                .containsExactly(AN);
        assertThat(decide(general(office, CARD, Optional.of(JAN), ASCII)).replyTo())
                .describedAs("a name the list doesn't give").containsExactly(JAN);
    }

    @Test
    void aContextOfASenderFallsBackAsTheGeneralLevelDoes() {
        var contexts = Map.of(TASK, new ContextSettings(new ReplyTo.ToSender(), Optional.empty()));
        var office = office(Optional.empty(), new ReplyTo.ToRole(RESPONSIBLE), contexts, List.of());
        var decision = decide(letter(office, CARD, Optional.of(TASK), Optional.empty(), ASCII));
        assertThat(decision.replyTo()).containsExactly(COMPANY);
        assertThat(decision.replyToRule()).isEqualTo(Rule.SENDER_UNKNOWN);
    }

    @Test
    void aRoleMayHoldSeveralPeople() {
        var office = office(Optional.empty(), new ReplyTo.ToRole(PARTNER), Map.of(), List.of());
        var people = List.of(JAN, AN, mailbox("JAN@dupont.example"), TASKS, mailbox("Jan <jan@Dupont.Example>"));
        assertThat(decide(general(office, card(Map.of(PARTNER, people)), Optional.empty(), ASCII)).replyTo())
                .describedAs("in card order, each once").containsExactly(JAN, AN, TASKS);

        var crowd = List.of(AN, AN, mailbox("a@dupont.example"), mailbox("b@dupont.example"), mailbox("c@dupont.example"),
                mailbox("d@dupont.example"), mailbox("e@dupont.example"));
        assertThat(decide(general(office, card(Map.of(PARTNER, crowd)), Optional.empty(), ASCII)).replyTo())
                .describedAs("five at most")
                .extracting(mailbox -> mailbox.address().localPart())
                .containsExactly("an", "a", "b", "c", "d");

        var wide = Stream.concat(Stream.of(mailbox("jürgen@dupont.example")), crowd.stream()).toList();
        assertThat(decide(general(office, card(Map.of(PARTNER, wide)), Optional.empty(), ASCII)).replyTo())
                .describedAs("an address that can't be written takes no place")
                .hasSize(5);
    }

    @Test
    void noRoleStandsInForAnother() {
        var everyRoleButOne = card(Map.of(COLLABORATOR, List.of(AN), RESPONSIBLE, List.of(AN), PARTNER, List.of(AN)));
        var office = office(Optional.empty(), new ReplyTo.ToRole(SUBSTITUTE), Map.of(), List.of());
        assertThat(decide(general(office, everyRoleButOne, Optional.of(JAN), ASCII)).replyTo()).containsExactly(COMPANY);
        assertThat(decide(general(office, RelationCard.EMPTY, Optional.of(JAN), ASCII)).replyToRule()).isEqualTo(Rule.GENERAL_ROLE_EMPTY);
    }

    @Test
    void anUnknownContextIsGeneralOrRefused() {
        var office = office(Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of());
        for (var name : List.of(new ContextName("nonsense"), ContextName.UNREADABLE, new ContextName("task\r\n250 ok"))) {
            var letter = letter(office, CARD, Optional.of(name), Optional.of(JAN), ASCII);
            assertThat(decide(letter).replyToRule()).isEqualTo(Rule.GENERAL_SENDER);
            assertThat(policy(UnknownContext.REFUSE).decide(letter))
                    .isInstanceOfSatisfying(Decision.Refuse.class, refuse -> assertThat(refuse.reply().wire())
                            .startsWith("550 5.7.0 ").doesNotContain("\r", "\n"));
        }
        assertThat(policy(UnknownContext.REFUSE).decide(general(office, CARD, Optional.of(JAN), ASCII)))
                .describedAs("no context is not an unknown one").isInstanceOf(Decision.Rewrite.class);
    }

    /// A local part beyond US-ASCII can't stand in a letter without SMTPUTF8: it is as if it weren't there.
    @Test
    void takesWideAddressesOnlyWhereTheLetterIsUtf8() {
        var wide = mailbox("Jürgen <jürgen@dupont.example>");
        var wideDomain = mailbox("Jan <jan@bücher.example>");

        var sender = office(Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of());
        assertReplyTo(sender, CARD, wide, UTF8, List.of(wide), Rule.GENERAL_SENDER);
        assertReplyTo(sender, CARD, wide, ASCII, List.of(COMPANY), Rule.SENDER_UNKNOWN);
        assertReplyTo(sender, CARD, wideDomain, ASCII, List.of(wideDomain), Rule.GENERAL_SENDER);

        var role = office(Optional.empty(), new ReplyTo.ToRole(PARTNER), Map.of(), List.of());
        var both = card(Map.of(PARTNER, List.of(wide, AN)));
        assertReplyTo(role, both, JAN, UTF8, List.of(wide, AN), Rule.GENERAL_ROLE);
        assertReplyTo(role, both, JAN, ASCII, List.of(AN), Rule.GENERAL_ROLE);
        assertReplyTo(role, card(Map.of(PARTNER, List.of(wide))), JAN, ASCII, List.of(COMPANY), Rule.GENERAL_ROLE_EMPTY);

        var context = Map.of(
                TASK, new ContextSettings(new ContextReplyTo.ToCompanyOr(Optional.of(wide)), Optional.empty()));
        var free = office(Optional.empty(), new ReplyTo.ToSender(), context, List.of());
        for (var encoding : HeaderEncoding.values()) {
            var decision = decide(letter(free, CARD, Optional.of(TASK), Optional.of(JAN), encoding));
            assertThat(decision.replyTo()).containsExactly(encoding == UTF8 ? wide : COMPANY);
            assertThat(decision.replyToRule()).isEqualTo(encoding == UTF8 ? Rule.CONTEXT_ADDRESS : Rule.CONTEXT_GENERAL);
        }
    }

    record CardRow(Optional<ContextReplyTo> context, ReplyTo office, Optional<Role> asked) {}

    static final List<CardRow> CARD_ROWS = List.of(
            new CardRow(NO_CONTEXT, new ReplyTo.ToCompany(), Optional.empty()),
            new CardRow(NO_CONTEXT, new ReplyTo.ToRole(RESPONSIBLE), Optional.of(RESPONSIBLE)),
            new CardRow(UNSET, new ReplyTo.ToRole(PARTNER), Optional.of(PARTNER)),
            new CardRow(GENERAL, new ReplyTo.ToRole(RESPONSIBLE), Optional.empty()),
            new CardRow(TO_SENDER, new ReplyTo.ToRole(RESPONSIBLE), Optional.empty()),
            new CardRow(to(SUBSTITUTE), new ReplyTo.ToCompany(), Optional.of(SUBSTITUTE)));

    /// The card is looked up only when it can make a difference.
    @ParameterizedTest
    @FieldSource("CARD_ROWS")
    void asksForTheCardOnlyForARole(CardRow row) {
        assertThat(Policy.roleAsked(office(row.office(), contexts(row.context())), Optional.of(TASK))).isEqualTo(row.asked());
    }

    private static void assertUnknown(OfficeSettings office, Optional<Mailbox> sender) {
        var decision = decide(general(office, CARD, sender, ASCII));
        assertThat(decision.replyTo()).containsExactly(COMPANY);
        assertThat(decision.replyToRule()).isEqualTo(Rule.SENDER_UNKNOWN);
    }

    private static void assertReplyTo(
            OfficeSettings office, RelationCard card, Mailbox sender, HeaderEncoding encoding, List<Mailbox> replyTo, Rule rule) {
        var decision = decide(general(office, card, Optional.of(sender), encoding));
        assertThat(decision.replyTo()).isEqualTo(replyTo);
        assertThat(decision.replyToRule()).isEqualTo(rule);
    }

    private static Decision.Rewrite decide(SendingContext letter) {
        return switch (policy(UnknownContext.GENERAL).decide(letter)) {
            case Decision.Rewrite rewrite -> rewrite;
            case Decision.Refuse(var reply) -> throw new AssertionError(reply);
        };
    }

    private static Policy policy(UnknownContext unknownContext) {
        return new Policy(SHARED, unknownContext);
    }

    private static SendingContext general(OfficeSettings office, RelationCard card, Optional<Mailbox> sender, HeaderEncoding encoding) {
        return letter(office, card, Optional.empty(), sender, encoding);
    }

    private static SendingContext letter(
            OfficeSettings office, RelationCard card, Optional<ContextName> context, Optional<Mailbox> sender, HeaderEncoding encoding) {
        var state = Policy.fromAsked(office, context).flatMap(from -> DOMAINS.stateOf(office.id(), from.address()));
        return new SendingContext(office, card, context, sender, state, encoding);
    }

    private static Map<ContextName, ContextSettings> contexts(Optional<ContextReplyTo> replyTo) {
        return replyTo.map(it -> Map.of(TASK, new ContextSettings(it, Optional.empty()))).orElse(Map.of());
    }

    private static OfficeSettings office(ReplyTo replyTo, Map<ContextName, ContextSettings> contexts) {
        return office(Optional.empty(), replyTo, contexts, List.of());
    }

    private static OfficeSettings office(
            Optional<OfficeFrom> from, ReplyTo replyTo, Map<ContextName, ContextSettings> contexts, List<Mailbox> users) {
        return new OfficeSettings(new OfficeId("dupont"), "1", COMPANY, from, replyTo, contexts, users, Sandbox.OFF, WhenUnverified.FALLBACK);
    }

    private static RelationCard card(Map<Role, List<Mailbox>> roles) {
        return new RelationCard(roles);
    }

    private static OfficeFrom officeFrom(String text) {
        var mailbox = mailbox(text);
        return new OfficeFrom(mailbox.address(), Optional.of(mailbox.name()).filter(name -> !name.isEmpty()));
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }
}
