package facteur.policy;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Reply;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeFrom;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Role;
import java.util.List;
import java.util.Optional;

/// The rules of `src/docs/design.md#the-rules`, row by row. Pure and total: every input gives a decision, and the same input
/// gives the same one. What changes by itself, such as the state of a domain, comes in with the [SendingContext].
///
/// Immutable; safe to share between threads.
public final class Policy {
    /// With more addressees, no one feels responsible for the answer.

    private final Address sharedAddress;
    private final UnknownContext unknownContext;

    public Policy(Address sharedAddress, UnknownContext unknownContext) {
        this.sharedAddress = sharedAddress;
        this.unknownContext = unknownContext;
    }

    /// The role that the settings ask for as the receiver of replies; empty when the client's card makes no difference.
    public static Optional<Role> roleAsked(OfficeSettings office, Optional<ContextName> context) {
        return switch (contextReplyTo(office, context)) {
            case ContextReplyTo.AsGeneral() -> office.replyTo() instanceof ReplyTo.ToRole(var role) ? Optional.of(role) : Optional.empty();
            case ReplyTo.ToRole(var role) -> Optional.of(role);
            case ContextReplyTo.ToCompanyOr _, ReplyTo.ToSender _ -> Optional.empty();
        };
    }

    /// The address that the settings ask for as From; empty for the shared one.
    public static Optional<OfficeFrom> fromAsked(OfficeSettings office, Optional<ContextName> context) {
        var ofContext = context.flatMap(office::context).flatMap(ContextSettings::from);
        return ofContext.isPresent() ? ofContext : office.from();
    }

    /// What Reply-To is to say: those who answer, or an address of the relay's.
    public static Replies repliesAsked(OfficeSettings office, Optional<ContextName> context) {
        return context.flatMap(office::context).flatMap(ContextSettings::replies).orElse(office.replies());
    }

    private static ContextReplyTo contextReplyTo(OfficeSettings office, Optional<ContextName> context) {
        return context.flatMap(office::context).<ContextReplyTo>map(ContextSettings::replyTo).orElse(new ContextReplyTo.AsGeneral());
    }

    public Decision decide(SendingContext letter) {
        if (unknownContext == UnknownContext.REFUSE && letter.isContextUnknown()) {
            return new Decision.Refuse(Reply.of(550, 7, 0, "Context " + letter.context().get() + " is not configured"));
        }
        var from = from(letter, fromAsked(letter.office(), letter.context()));
        var replyTo = answerers(letter);
        return switch (from) {
            case From.Chosen(var mailbox, var rule) ->
                new Decision.Rewrite(mailbox, rule, replyTo.mailboxes(), replyTo.rule(), Optional.empty());
            case From.Fallback(var mailbox, var why) ->
                new Decision.Rewrite(mailbox, Rule.FROM_FALLBACK, replyTo.mailboxes(), replyTo.rule(), Optional.of(why));
            case From.Unverified(var mailbox, var why) -> switch (letter.office().whenUnverified()) {
                case FALLBACK -> new Decision.Rewrite(
                        mailbox, Rule.FROM_FALLBACK, replyTo.mailboxes(), replyTo.rule(), Optional.of(why));
                case REFUSE -> new Decision.Refuse(Reply.of(550, 7, 1, "From not verified: " + why));
            };
        };
    }

    /// Who answers a letter, whatever is decided on its From: for one that has left.
    public Answerers answerers(SendingContext letter) {
        return replyTo(letter, contextReplyTo(letter.office(), letter.context()));
    }

    private sealed interface From {
        record Chosen(Mailbox mailbox, Rule rule) implements From {}

        /// @param why the letter can't hold the office's address
        record Fallback(Mailbox mailbox, String why) implements From {}

        /// @param why the domain doesn't stand for the office
        record Unverified(Mailbox mailbox, String why) implements From {}
    }

    /// Who answers a letter, and by which rule.
    ///
    /// @param mailboxes one to five
    public record Answerers(List<Mailbox> mailboxes, Rule rule) {
        public Answerers {
            mailboxes = List.copyOf(mailboxes);
        }
    }

    private From from(SendingContext letter, Optional<OfficeFrom> wanted) {
        var shared = new Mailbox(letter.office().company().name(), sharedAddress);
        if (wanted.isEmpty()) {
            return new From.Chosen(shared, Rule.FROM_SHARED);
        }
        if (!isWritable(wanted.get().address(), letter.encoding())) {
            return new From.Fallback(shared, "the letter can't hold " + wanted.get().address());
        }
        var domain = wanted.get().address().asciiDomain();
        var state = letter.fromDomain();
        if (state.isEmpty()) {
            return new From.Unverified(shared, domain + " was not added for office " + letter.office().id());
        }
        if (!state.get().isUsable()) {
            return new From.Unverified(shared, domain + " is " + state.get().word());
        }
        var name = wanted.get().name().orElse(letter.office().company().name());
        return new From.Chosen(new Mailbox(name, wanted.get().address()), Rule.FROM_OFFICE);
    }

    private Answerers replyTo(SendingContext letter, ContextReplyTo choice) {
        return switch (choice) {
            case ContextReplyTo.AsGeneral() -> generalReplyTo(letter, letter.office().replyTo());
            case ContextReplyTo.ToCompanyOr(var free) -> free.filter(mailbox -> isWritable(mailbox.address(), letter.encoding()))
                    .map(mailbox -> new Answerers(List.of(mailbox), Rule.CONTEXT_ADDRESS))
                    .orElseGet(() -> company(letter, Rule.CONTEXT_GENERAL));
            case ReplyTo.ToSender() -> sender(letter, Rule.CONTEXT_SENDER);
            case ReplyTo.ToRole(var role) -> role(letter, role, Rule.CONTEXT_ROLE, Rule.CONTEXT_ROLE_EMPTY);
        };
    }

    private Answerers generalReplyTo(SendingContext letter, ReplyTo choice) {
        return switch (choice) {
            case ReplyTo.ToCompany() -> company(letter, Rule.GENERAL_COMPANY);
            case ReplyTo.ToSender() -> sender(letter, Rule.GENERAL_SENDER);
            case ReplyTo.ToRole(var role) -> role(letter, role, Rule.GENERAL_ROLE, Rule.GENERAL_ROLE_EMPTY);
        };
    }

    private static Answerers company(SendingContext letter, Rule rule) {
        return new Answerers(List.of(letter.office().company()), rule);
    }

    private Answerers sender(SendingContext letter, Rule rule) {
        return letter.sender()
                .filter(sender -> isWritable(sender.address(), letter.encoding()))
                // No person has the relay's own address: a letter under it hides who wrote.
                .filter(sender -> !sender.address().isSameMailbox(sharedAddress))
                .flatMap(sender -> known(letter, sender))
                .map(sender -> new Answerers(List.of(sender), rule))
                .orElseGet(() -> company(letter, Rule.SENDER_UNKNOWN));
    }

    /// When the office lists its users, only these count, and under the name that the list gives them.
    private static Optional<Mailbox> known(SendingContext letter, Mailbox sender) {
        return letter.office().users().isEmpty()
                ? Optional.of(sender)
                : letter.office().user(sender.address()).map(user -> user.orNamed(sender.name()));
    }

    private static Answerers role(SendingContext letter, Role role, Rule filled, Rule empty) {
        var people = letter.card().people(role).stream()
                .filter(person -> isWritable(person.address(), letter.encoding()))
                .limit(RelationCard.PEOPLE_LIMIT)
                .toList();
        return people.isEmpty() ? company(letter, empty) : new Answerers(people, filled);
    }

    private static boolean isWritable(Address address, HeaderEncoding encoding) {
        return encoding == HeaderEncoding.UTF8 || address.isAsciiCapable();
    }
}
