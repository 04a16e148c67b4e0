package facteur.returns;

import facteur.intake.ControlFields;
import facteur.intake.Decider;
import facteur.intake.DecisionResult;
import facteur.intake.RulesInForce;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Reply;
import facteur.office.ContextName;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.policy.SendingContext;
import facteur.spool.SentLetter;
import java.util.List;
import java.util.Optional;

/// Finds out who answers a letter that has left. Where its Reply-To is an address of ours, the rules decide once more, with what the
/// letter said then, on the office's settings and the client's card of today; otherwise the letter itself has said it.
///
/// Thread-safe; blocks for the settings source.
public final class WhoAnswers {
    private static final Provenance.Decision NO_DECISION =
            new Provenance.Decision(Provenance.RuleId.NONE, Provenance.RuleId.NONE, "", "");
    private static final Answerers GONE = new Answerers.Unknown(Reply.of(550, 1, 1, "This return address is no longer in use"));

    private final RulesInForce rulesInForce;

    public WhoAnswers(RulesInForce rulesInForce) {
        this.rulesInForce = rulesInForce;
    }

    /// Those whom an answer to the letter is to reach.
    public Answerers of(SentLetter letter) {
        return switch (letter.provenance().kind()) {
            // What comes back of an answer that was relayed is for the office, not for the client who wrote it.
            case REPLY, RETURN -> rulesInForce.lend(rules -> company(letter, rules.judge()));
            case APP -> switch (letter.binding()) {
                case LATE -> rulesInForce.lend(rules -> today(letter, rules.judge()));
                case EARLY -> asWritten(letter);
            };
        };
    }

    private Answerers asWritten(SentLetter letter) {
        return Mailbox.parseList(letter.replyTo())
                .<Answerers>map(people -> new Answerers.Known(people, letter.provenance().decision(), Optional.empty()))
                // Cut, since it was very long, or a name that can't be told from an address: the rules know.
                .orElseGet(() -> rulesInForce.lend(rules -> today(letter, rules.judge())));
    }

    private static Answerers today(SentLetter letter, Decider decider) {
        return answerers(letter, decider, context -> {
            var answerers = decider.answerers(context);
            return new Answerers.Known(
                    answerers.mailboxes(),
                    new Provenance.Decision(
                            Provenance.RuleId.NONE,
                            new Provenance.RuleId(answerers.rule().id()),
                            context.office().version(),
                            context.card().version()),
                    Optional.of(context.office().company()));
        });
    }

    private static Answerers company(SentLetter letter, Decider decider) {
        return answerers(letter, decider, context -> known(context.office().company(), context.office().version()));
    }

    /// What is known of a letter that the rules are to decide.
    private interface Choice {
        Answerers of(SendingContext context);
    }

    private static Answerers answerers(SentLetter letter, Decider decider, Choice choice) {
        var office = OfficeId.parse(letter.provenance().office().text());
        if (office.isEmpty()) {
            return GONE;
        }
        return switch (decider.judge(office.get(), control(letter), header(letter), HeaderEncoding.UTF8)) {
            case DecisionResult.Decided(var context, _, _, _) -> choice.of(context);
            case DecisionResult.NoOffice() -> letter.company().map(company -> known(company, "")).orElse(GONE);
            case DecisionResult.Unavailable(_) -> new Answerers.Unknown(Reply.of(451, 3, 0, "Settings not available, try again later"));
            case DecisionResult.Unusable(_) -> new Answerers.Unknown(Reply.of(451, 3, 5, "Settings are wrong, try again later"));
        };
    }

    private static Answerers known(Mailbox company, String version) {
        var decision = new Provenance.Decision(Provenance.RuleId.NONE, Provenance.RuleId.NONE, version, "");
        return new Answerers.Known(List.of(company), version.isEmpty() ? NO_DECISION : decision, Optional.of(company));
    }

    private static ControlFields control(SentLetter letter) {
        var said = letter.provenance();
        return new ControlFields(
                Optional.of(said.context().text()).filter(text -> !text.isEmpty()).map(ContextName::of),
                RelationId.parse(said.relation().text()),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /// Of the sender only the address is known; the name comes from the office's list.
    private static Header header(SentLetter letter) {
        return Address.parse(letter.provenance().sender().text())
                .map(sender -> new Header(List.of(MailboxField.of("From", List.of(Mailbox.of(sender))))))
                .orElseGet(() -> new Header(List.of()));
    }
}
