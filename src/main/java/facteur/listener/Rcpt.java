package facteur.listener;

import facteur.app.AppRates;
import facteur.journal.Journal;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.RcptArguments;
import facteur.mail.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// RCPT (RFC 5321 §4.1.1.3).
final class Rcpt extends Verb {
    private final int limit;
    private final AppRates rates;
    private final Journal journal;

    Rcpt(int limit, AppRates rates, Journal journal, Conversations conversations) {
        super("RCPT", conversations);
        this.limit = limit;
        this.rates = rates;
        this.journal = journal;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        return conversation
                .transaction()
                .map(transaction -> add(arguments, transaction, conversation))
                .orElse(Replies.MAIL_FIRST);
    }

    private Reply add(String arguments, Transaction transaction, Conversation conversation) {
        if (transaction.hasChunks()) {
            return Replies.CHUNKS_BEGUN;
        }
        return switch (RcptArguments.parse(arguments, transaction.encoding())) {
            case Parsed.Bad<RcptArguments>(var reply) -> reply;
            case Parsed.Good<RcptArguments>(var rcpt) -> {
                if (transaction.recipientCount() == limit) {
                    yield limited(journal, "recipients", conversation, Replies.TOO_MANY_RECIPIENTS);
                }
                if (!rates.acquireRecipient(transaction.app())) {
                    yield limited(journal, "recipients-per-minute", conversation, Replies.TOO_FAST);
                }
                yield transaction.add(rcpt.forwardPath()) ? Replies.RECIPIENT_OK : noRoom(transaction, conversation);
            }
        };
    }

    /// Journalled once per letter: an app may try each of a thousand recipients.
    private Reply noRoom(Transaction transaction, Conversation conversation) {
        return transaction.isFirstWithoutRoom()
                ? limited(journal, "receiving-memory", conversation, Replies.NO_ROOM)
                : Replies.NO_ROOM;
    }
}
