package facteur.intake;

import facteur.journal.MailEvent;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.Signed;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MessageId;
import facteur.policy.Decision;
import facteur.policy.SendingContext;
import java.util.List;
import java.util.stream.Collectors;

/// What the journal says of a letter that an app gets 250 for.
final class LetterEvents {
    private LetterEvents() {}

    static MailEvent accepted(Letter letter, String protocol, Decision.Rewrite decision, Signed signed) {
        var provenance = letter.provenance();
        return new MailEvent.Accepted(
                letter.id().text(),
                provenance.app().text(),
                provenance.office().text(),
                provenance.context().text(),
                provenance.relation().text(),
                provenance.sender().text(),
                provenance.decision().from().text(),
                provenance.decision().replyTo().text(),
                decision.from().address().toString(),
                addresses(decision.replyTo()),
                letter.originalReversePath().toString(),
                letter.envelope().recipients().size(),
                letter.message().sizeBytes(),
                protocol,
                letter.message().header().first("Message-ID").map(field -> MessageId.of(field.value())).orElse(""),
                signed.keys().stream().map(DkimKey::selector).toList(),
                provenance.trace().text());
    }

    private static String addresses(List<Mailbox> mailboxes) {
        return mailboxes.size() == 1
                ? mailboxes.getFirst().address().toString()
                : mailboxes.stream().map(mailbox -> mailbox.address().toString()).collect(Collectors.joining(","));
    }

    static MailEvent duplicate(QueueId first, Submission submission, ControlFields control, SendingContext context) {
        return new MailEvent.Duplicate(
                first.text(),
                submission.app().name(),
                context.office().id().text(),
                control.key().isPresent() ? MailEvent.Duplicate.LETTER_KEY : MailEvent.Duplicate.MESSAGE_ID,
                submission.peer().getHostAddress());
    }
}
