package facteur.listener;

import facteur.smtp.Parsed;
import facteur.smtp.RcptArguments;
import facteur.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// RCPT (RFC 5321 §4.1.1.3).
final class Rcpt extends Verb {
    private final int limit;

    Rcpt(int limit, Conversations conversations) {
        super("RCPT", conversations);
        this.limit = limit;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        return conversation.transaction().map(transaction -> add(arguments, transaction)).orElse(Replies.MAIL_FIRST);
    }

    private Reply add(String arguments, Transaction transaction) {
        if (transaction.hasChunks()) {
            return Replies.CHUNKS_BEGUN;
        }
        return switch (RcptArguments.parse(arguments, transaction.encoding())) {
            case Parsed.Bad<RcptArguments>(var reply) -> reply;
            case Parsed.Good<RcptArguments>(var rcpt) -> {
                if (transaction.recipientCount() == limit) {
                    yield Replies.TOO_MANY_RECIPIENTS;
                }
                transaction.add(rcpt.forwardPath());
                yield Replies.RECIPIENT_OK;
            }
        };
    }
}
