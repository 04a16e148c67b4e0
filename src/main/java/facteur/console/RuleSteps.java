package facteur.console;

import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeFrom;
import facteur.office.RelationCard;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.Rule;
import facteur.policy.SendingContext;
import java.util.List;
import java.util.Optional;

/// Goes through the tables of rules as they decided one message, and says of each row why it did not fit. Immutable.
///
/// @param relation as the message names the client; empty for none
/// @param writer as the message names who wrote it; empty for none
record RuleSteps(Texts texts, Because because, MailWords words, ReplyWords replies, SendingContext letter, String relation, String writer) {
    List<TryModel.Table> of(Decision.Rewrite decision) {
        return List.of(
                new TryModel.Table(texts.of("try.table.from"), steps(decision.fromRule())),
                new TryModel.Table(texts.of("try.table.reply-to"), steps(decision.replyToRule())));
    }

    private List<TryModel.Step> steps(Rule decides) {
        var passed = decides.passedOver();
        return decides.rows().stream().map(rule -> step(rule, decides, passed)).toList();
    }

    private TryModel.Step step(Rule rule, Rule decides, List<Rule> passed) {
        var says = texts.of("try.rule." + rule.id());
        if (rule == decides) {
            return new TryModel.Step(rule.id(), says, new StateWord(texts.of("try.decides"), StateWord.OK), "");
        }
        return passed.contains(rule)
                ? new TryModel.Step(rule.id(), says, new StateWord(texts.of("try.unfit"), StateWord.PLAIN), why(rule))
                : new TryModel.Step(rule.id(), says, new StateWord(texts.of("try.unread"), StateWord.PLAIN), "");
    }

    private String why(Rule rule) {
        return switch (rule) {
            case FROM_SHARED -> texts.of("try.why.from-set", asked());
            case FROM_OFFICE -> because.notUsed(letter).orElse("");
            case CONTEXT_ADDRESS, CONTEXT_GENERAL, CONTEXT_SENDER, CONTEXT_ROLE, CONTEXT_ROLE_EMPTY -> ofKind(rule);
            case GENERAL_COMPANY, GENERAL_SENDER, GENERAL_ROLE, GENERAL_ROLE_EMPTY -> inGeneral(rule);
            // The last rows of their tables are passed over by none.
            case SENDER_UNKNOWN, FROM_FALLBACK -> "";
        };
    }

    private String asked() {
        return Policy.fromAsked(letter.office(), letter.context()).map(OfficeFrom::address).map(Object::toString).orElse("");
    }

    private String ofKind(Rule rule) {
        if (letter.context().isEmpty()) {
            return texts.of("try.why.no-kind");
        }
        var kind = letter.context().get();
        var settings = letter.office().context(kind);
        return settings.isEmpty() ? texts.of("try.why.kind-unset", label(kind)) : ofKind(rule, kind, settings.get());
    }

    private String ofKind(Rule rule, ContextName kind, ContextSettings settings) {
        return switch (settings.replyTo()) {
            case ContextReplyTo.AsGeneral() -> texts.of("try.why.kind-general", label(kind));
            case ContextReplyTo.ToCompanyOr(var free) when rule == Rule.CONTEXT_ADDRESS ->
                free.map(mailbox -> texts.of("because.why.ascii", mailbox.address())).orElseGet(() -> texts.of("try.why.no-address", label(kind)));
            case ReplyTo.ToSender() when rule == Rule.CONTEXT_SENDER -> unknownSender();
            case ReplyTo.ToRole(var role) when rule == Rule.CONTEXT_ROLE -> emptyRole(role);
            case ContextReplyTo other -> texts.of("try.why.kind-goes", label(kind), replies.of(other));
        };
    }

    private String inGeneral(Rule rule) {
        var own = letter.context().flatMap(letter.office()::context).map(ContextSettings::replyTo);
        if (own.isPresent() && !(own.get() instanceof ContextReplyTo.AsGeneral)) {
            return texts.of("try.why.kind-goes", label(letter.context().orElseThrow()), replies.of(own.get()));
        }
        return switch (letter.office().replyTo()) {
            case ReplyTo.ToSender() when rule == Rule.GENERAL_SENDER -> unknownSender();
            case ReplyTo.ToRole(var role) when rule == Rule.GENERAL_ROLE -> emptyRole(role);
            case ReplyTo other -> texts.of("try.why.general-goes", replies.of(other));
        };
    }

    private String label(ContextName kind) {
        return words.kind(kind.text());
    }

    private String unknownSender() {
        if (letter.sender().isEmpty()) {
            return texts.of(writer.isEmpty() ? "try.why.no-writer" : "try.why.unclear-writer");
        }
        var address = letter.sender().get().address();
        if (letter.encoding() == HeaderEncoding.ASCII && !address.isAsciiCapable()) {
            return texts.of("because.why.ascii", address);
        }
        return address.isSameMailbox(words.shared())
                ? texts.of("try.why.shared-writer", address)
                : texts.of("try.why.unlisted-writer", address);
    }

    private String emptyRole(Role role) {
        if (relation.isEmpty()) {
            return texts.of("try.why.no-client");
        }
        return letter.card().equals(RelationCard.EMPTY)
                ? texts.of("try.why.no-card", relation)
                : texts.of("try.why.card-empty", words.roleInSentence(role));
    }

    /// Why a message is refused that the rules refuse.
    String refusal() {
        return Optional.of(letter)
                .filter(it -> it.context().isPresent() && it.office().context(it.context().get()).isEmpty() && because.notUsed(it).isEmpty())
                .map(it -> texts.of("try.why.kind-unset", label(it.context().get())))
                .or(() -> because.notUsed(letter))
                .orElse("");
    }
}
