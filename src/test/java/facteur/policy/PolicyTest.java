package facteur.policy;

import static facteur.mail.smtp.HeaderEncoding.ASCII;
import static facteur.mail.smtp.HeaderEncoding.UTF8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainRegistry;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.DeliveryMode;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.WhenUnverified;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rows of the two tables: a context says what its replies do, the office what it does in general.
final class PolicyTest {
    private static final Address SHARED = Address.of("inbox@relay.example");
    private static final Mailbox COMPANY = mailbox("Cabinet Dupont <office@dupont.example>");
    private static final Mailbox JAN = mailbox("Jan Janssens <jan@dupont.example>");
    private static final Mailbox AN = mailbox("An Peeters <an@dupont.example>");
    private static final Mailbox TASKS = mailbox("Tasks <tasks@dupont.example>");
    private static final RelationCard CARD = card(Map.of(Role.RESPONSIBLE, List.of(AN), Role.COLLABORATOR, List.of()));

    /// Columns: reply-to of the context (none = no such key, unset), its address, that of the office; who gets the
    /// replies by which rule.
    @ParameterizedTest
    @CsvSource({
        "none,        no,  company,     company, general.company",
        "none,        no,  sender,      jan,     general.sender",
        "none,        no,  responsible, an,      general.role",
        "none,        no,  substitute,  company, general.role.empty",
        "unset,       no,  company,     company, general.company",
        "unset,       no,  sender,      jan,     general.sender",
        "unset,       no,  responsible, an,      general.role",
        "unset,       no,  partner,     company, general.role.empty",
        "general,     yes, company,     tasks,   context.address",
        "general,     yes, sender,      tasks,   context.address",
        "general,     yes, responsible, tasks,   context.address",
        "general,     no,  company,     company, context.general",
        "general,     no,  sender,      company, context.general",
        "general,     no,  responsible, company, context.general",
        "sender,      no,  company,     jan,     context.sender",
        "sender,      no,  responsible, jan,     context.sender",
        "responsible, no,  company,     an,      context.role",
        "responsible, no,  sender,      an,      context.role",
        "collaborator,no,  company,     company, context.role.empty",
        "substitute,  no,  sender,      company, context.role.empty",
        "partner,     no,  responsible, company, context.role.empty"
    })
    void sendsRepliesWhereTheRowSays(String context, String address, String general, String to, String rule) {
        var contexts = context.equals("none")
                ? Map.<ContextName, ContextSettings>of()
                : Map.of(new ContextName("task"), new ContextSettings(contextReplyTo(context, address), Optional.empty()));
        var letter = new SendingContext(
                office(Optional.empty(), replyTo(general), contexts, List.of()),
                CARD,
                context.equals("none") ? Optional.empty() : Optional.of(new ContextName("task")),
                Optional.of(JAN),
                ASCII);
        var decision = decide(letter);
        assertThat(decision.replyToRule().id()).isEqualTo(rule);
        assertThat(decision.replyTo())
                .containsExactly(Map.of("company", COMPANY, "jan", JAN, "an", AN, "tasks", TASKS).get(to));
    }

    /// Columns: the office's own From, the context's; whether their domain is verified; the From that is written.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "                               |                        | Cabinet Dupont <inbox@relay.example>      | from.shared",
        "office@dupont.example          |                        | Cabinet Dupont <office@dupont.example>    | from.office",
        "Dupont SRL <office@DUPONT.example> |                    | Dupont SRL <office@DUPONT.example>        | from.office",
        "Durand <office@durand.example> |                        | Cabinet Dupont <inbox@relay.example>      | from.fallback",
        "office@mail.dupont.example     |                        | Cabinet Dupont <inbox@relay.example>      | from.fallback",
        "                               | Taken <t@dupont.example> | Taken <t@dupont.example>                | from.office",
        "Dupont SRL <office@dupont.example> | t@dupont.example   | Cabinet Dupont <t@dupont.example>         | from.office",
        "Dupont SRL <office@dupont.example> | t@durand.example   | Cabinet Dupont <inbox@relay.example>      | from.fallback",
        "Dupont SRL <office@durand.example> | t@dupont.example   | Cabinet Dupont <t@dupont.example>         | from.office",
        "jürgen@dupont.example          |                        | Cabinet Dupont <inbox@relay.example>      | from.fallback"
    })
    void writesTheFromThatTheRowSays(String office, String context, String from, String rule) {
        var contexts = Map.of(
                new ContextName("task"),
                new ContextSettings(new ContextReplyTo.AsGeneral(), Optional.ofNullable(context).map(PolicyTest::officeFrom)));
        var letter = new SendingContext(
                office(Optional.ofNullable(office).map(PolicyTest::officeFrom), new ReplyTo.ToCompany(), contexts, List.of()),
                CARD,
                Optional.of(new ContextName("task")),
                Optional.of(JAN),
                ASCII);
        var decision = decide(letter);
        assertThat(decision.from()).hasToString(from);
        assertThat(decision.fromRule().id()).isEqualTo(rule);
        assertThat(decision.replyTo()).describedAs("written even when it equals From").containsExactly(COMPANY);
    }

    @Test
    void anUnknownSenderIsTheCompany() {
        var anybody = office(Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of());
        var listed = office(Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of(AN, mailbox("jan@dupont.example")));
        assertUnknown(anybody, Optional.empty());
        assertUnknown(listed, Optional.empty());
        assertUnknown(listed, Optional.of(mailbox("Evil <evil@example.org>")));
        assertUnknown(listed, Optional.of(mailbox("Jan <jan@mail.dupont.example>")));
        assertUnknown(listed, Optional.of(mailbox("Jan <jän@dupont.example>")));
        assertUnknown(anybody, Optional.of(mailbox("Inbox <INBOX@Relay.Example>")));
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
        var contexts = Map.of(new ContextName("task"), new ContextSettings(new ReplyTo.ToSender(), Optional.empty()));
        var office = office(Optional.empty(), new ReplyTo.ToRole(Role.RESPONSIBLE), contexts, List.of());
        var decision = decide(new SendingContext(office, CARD, Optional.of(new ContextName("task")), Optional.empty(), ASCII));
        assertThat(decision.replyTo()).containsExactly(COMPANY);
        assertThat(decision.replyToRule()).isEqualTo(Rule.SENDER_UNKNOWN);
    }

    @Test
    void aRoleMayHoldSeveralPeople() {
        var office = office(Optional.empty(), new ReplyTo.ToRole(Role.PARTNER), Map.of(), List.of());
        var people = List.of(JAN, AN, mailbox("JAN@dupont.example"), TASKS, mailbox("Jan <jan@Dupont.Example>"));
        assertThat(decide(general(office, card(Map.of(Role.PARTNER, people)), Optional.empty(), ASCII)).replyTo())
                .describedAs("in card order, each once").containsExactly(JAN, AN, TASKS);

        var crowd = List.of(AN, AN, mailbox("a@dupont.example"), mailbox("b@dupont.example"), mailbox("c@dupont.example"),
                mailbox("d@dupont.example"), mailbox("e@dupont.example"));
        assertThat(decide(general(office, card(Map.of(Role.PARTNER, crowd)), Optional.empty(), ASCII)).replyTo())
                .describedAs("five at most")
                .extracting(mailbox -> mailbox.address().localPart())
                .containsExactly("an", "a", "b", "c", "d");

        var wide = Stream.concat(Stream.of(mailbox("jürgen@dupont.example")), crowd.stream()).toList();
        assertThat(decide(general(office, card(Map.of(Role.PARTNER, wide)), Optional.empty(), ASCII)).replyTo())
                .describedAs("who can't be written takes nobody's place")
                .hasSize(5);
    }

    @Test
    void noRoleStandsInForAnother() {
        var everyRoleButOne = card(Map.of(Role.COLLABORATOR, List.of(AN), Role.RESPONSIBLE, List.of(AN), Role.PARTNER, List.of(AN)));
        var office = office(Optional.empty(), new ReplyTo.ToRole(Role.SUBSTITUTE), Map.of(), List.of());
        assertThat(decide(general(office, everyRoleButOne, Optional.of(JAN), ASCII)).replyTo()).containsExactly(COMPANY);
        assertThat(decide(general(office, RelationCard.EMPTY, Optional.of(JAN), ASCII)).replyToRule()).isEqualTo(Rule.GENERAL_ROLE_EMPTY);
    }

    @Test
    void anUnknownContextIsGeneralOrRefused() {
        var office = office(Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of());
        for (var name : List.of(new ContextName("nonsense"), ContextName.UNREADABLE, new ContextName("task\r\n250 ok"))) {
            var letter = new SendingContext(office, CARD, Optional.of(name), Optional.of(JAN), ASCII);
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

        var role = office(Optional.empty(), new ReplyTo.ToRole(Role.PARTNER), Map.of(), List.of());
        var both = card(Map.of(Role.PARTNER, List.of(wide, AN)));
        assertReplyTo(role, both, JAN, UTF8, List.of(wide, AN), Rule.GENERAL_ROLE);
        assertReplyTo(role, both, JAN, ASCII, List.of(AN), Rule.GENERAL_ROLE);
        assertReplyTo(role, card(Map.of(Role.PARTNER, List.of(wide))), JAN, ASCII, List.of(COMPANY), Rule.GENERAL_ROLE_EMPTY);

        var context = Map.of(
                new ContextName("task"), new ContextSettings(new ContextReplyTo.ToCompanyOr(Optional.of(wide)), Optional.empty()));
        var free = office(Optional.empty(), new ReplyTo.ToSender(), context, List.of());
        for (var encoding : HeaderEncoding.values()) {
            var decision = decide(new SendingContext(free, CARD, Optional.of(new ContextName("task")), Optional.of(JAN), encoding));
            assertThat(decision.replyTo()).containsExactly(encoding == UTF8 ? wide : COMPANY);
            assertThat(decision.replyToRule()).isEqualTo(encoding == UTF8 ? Rule.CONTEXT_ADDRESS : Rule.CONTEXT_GENERAL);
        }
    }

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

    /// The card is looked up only when it can make a difference.
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "none,        company,     -",
        "none,        responsible, responsible",
        "unset,       partner,     partner",
        "general,     responsible, -",
        "sender,      responsible, -",
        "substitute,  company,     substitute"
    })
    void asksForTheCardOnlyForARole(String context, String general, String role) {
        var contexts = context.equals("none")
                ? Map.<ContextName, ContextSettings>of()
                : Map.of(new ContextName("task"), new ContextSettings(contextReplyTo(context, "no"), Optional.empty()));
        var asked = Policy.roleAsked(office(Optional.empty(), replyTo(general), contexts, List.of()), Optional.of(new ContextName("task")));
        assertThat(asked).isEqualTo(Optional.ofNullable(role).map(name -> Role.valueOf(name.toUpperCase(Locale.ROOT))));
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
        return new Policy(SHARED, new DomainRegistry(Set.of("dupont.example")), unknownContext);
    }

    private static SendingContext general(OfficeSettings office, RelationCard card, Optional<Mailbox> sender, HeaderEncoding encoding) {
        return new SendingContext(office, card, Optional.empty(), sender, encoding);
    }

    private static OfficeSettings office(
            Optional<OfficeFrom> from, ReplyTo replyTo, Map<ContextName, ContextSettings> contexts, List<Mailbox> users) {
        return new OfficeSettings(new OfficeId("dupont"), "1", COMPANY, from, replyTo, contexts, users, DeliveryMode.RELAYED, WhenUnverified.FALLBACK);
    }

    private static RelationCard card(Map<Role, List<Mailbox>> roles) {
        return new RelationCard(roles);
    }

    private static ContextReplyTo contextReplyTo(String word, String address) {
        return switch (word) {
            case "unset" -> new ContextReplyTo.AsGeneral();
            case "general" -> new ContextReplyTo.ToCompanyOr(address.equals("yes") ? Optional.of(TASKS) : Optional.empty());
            case "sender" -> new ReplyTo.ToSender();
            default -> new ReplyTo.ToRole(role(word));
        };
    }

    private static ReplyTo replyTo(String word) {
        return switch (word) {
            case "company" -> new ReplyTo.ToCompany();
            case "sender" -> new ReplyTo.ToSender();
            default -> new ReplyTo.ToRole(role(word));
        };
    }

    private static Role role(String word) {
        return Role.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static OfficeFrom officeFrom(String text) {
        var mailbox = mailbox(text);
        return new OfficeFrom(mailbox.address(), Optional.of(mailbox.name()).filter(name -> !name.isEmpty()));
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }
}
