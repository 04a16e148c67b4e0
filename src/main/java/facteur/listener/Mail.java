package facteur.listener;

import facteur.app.Admission;
import facteur.app.AppRates;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.MailArguments;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import java.util.function.Supplier;
import org.subethamail.smtp.server.Session;

/// MAIL (RFC 5321 §4.1.1.2): starts a transaction, for apps only.
final class Mail extends Verb {
    private final long messageBytes;
    private final int lettersLimit;
    private final Supplier<Admission> admission;
    private final AppRates rates;
    private final ReceivingMemory memory;
    private final Journal journal;

    /// @param admission read for each letter
    Mail(
            ListenerSettings settings,
            Supplier<Admission> admission,
            AppRates rates,
            ReceivingMemory memory,
            Journal journal,
            Conversations conversations) {
        super("MAIL", conversations);
        this.messageBytes = settings.message().messageBytes();
        this.lettersLimit = settings.session().lettersPerConnection();
        this.admission = admission;
        this.rates = rates;
        this.memory = memory;
        this.journal = journal;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        if (!conversation.isGreeted()) {
            return Replies.HELO_FIRST;
        }
        if (conversation.transaction().isPresent()) {
            return Replies.MAIL_GIVEN;
        }
        if (!conversation.isStillAdmitted(admission.get())) {
            return turnedAway(conversation, Replies.APP_CHANGED);
        }
        if (conversation.app().isEmpty()) {
            return turnedAway(conversation, Replies.NOT_ADMITTED);
        }
        return switch (MailArguments.parse(arguments)) {
            case Parsed.Bad<MailArguments>(var reply) -> reply;
            case Parsed.Good<MailArguments>(var mail) -> {
                if (mail.sizeBytes().orElse(0) > messageBytes) {
                    yield MessageCollector.tooBig(messageBytes);
                }
                if (conversation.letters() == lettersLimit) {
                    yield limited(journal, "letters-per-connection", conversation, Replies.TOO_MANY_LETTERS);
                }
                if (!rates.acquireLetter(conversation.app().get())) {
                    yield limited(journal, "letters-per-minute", conversation, Replies.TOO_FAST);
                }
                conversation.start(new Transaction(conversation.app().get(), mail, memory));
                yield Replies.SENDER_OK;
            }
        };
    }

    private Reply turnedAway(Conversation conversation, Reply reply) {
        journal.record(new MailEvent.TurnedAway(conversation.peer().getHostAddress(), conversation.helo()));
        return reply;
    }
}
