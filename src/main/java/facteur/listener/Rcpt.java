package facteur.listener;

import facteur.journal.Journal;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.RcptArguments;
import facteur.mail.smtp.Reply;
import java.util.Optional;
import org.subethamail.smtp.server.Session;

/// RCPT (RFC 5321 §4.1.1.3).
final class Rcpt extends Verb {
    private final int limit;
    private final Takes takes;
    private final Optional<String> home;
    private final Hooks hooks;
    private final Journal journal;

    Rcpt(ListenerSettings settings, Hooks hooks, Journal journal, Conversations conversations) {
        super("RCPT", conversations);
        this.limit = settings.recipients();
        this.takes = settings.takes();
        this.home = settings.home();
        this.hooks = hooks;
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
        return switch (RcptArguments.parse(arguments, transaction.encoding(), home)) {
            case Parsed.Bad<RcptArguments>(var reply) -> reply;
            case Parsed.Good<RcptArguments>(var rcpt) -> add(rcpt.forwardPath(), transaction, conversation);
        };
    }

    private Reply add(ForwardPath recipient, Transaction transaction, Conversation conversation) {
        if (!takes.offersDsn() && (recipient.reports().isPresent() || recipient.original().isPresent())) {
            return Replies.NO_DSN;
        }
        if (transaction.recipientCount() == limit) {
            return limited(journal, "recipients", conversation, Replies.TOO_MANY_RECIPIENTS);
        }
        return hooks.recipient(conversation, recipient.address())
                .orElseGet(() -> transaction.add(recipient) ? Replies.RECIPIENT_OK : noRoom(transaction, conversation));
    }

    /// Journalled once per letter: an app may try each of a thousand recipients.
    private Reply noRoom(Transaction transaction, Conversation conversation) {
        return transaction.isFirstWithoutRoom()
                ? limited(journal, "receiving-memory", conversation, Replies.NO_ROOM)
                : Replies.NO_ROOM;
    }

    @Override
    void answered(Reply reply, Conversation conversation, Session session) {
        if (reply.isPermanent()) {
            conversation.refuseRecipient();
        }
    }
}
