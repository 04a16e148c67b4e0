package facteur.listener;

import facteur.smtp.Reply;
import java.io.EOFException;
import java.io.IOException;
import org.subethamail.smtp.server.Session;

/// DATA (RFC 5321 §4.1.1.4): reads the letter to its very end, whatever is wrong with it, gives it to the intake, and
/// ends the transaction.
final class Data extends Verb {
    private final Reception reception;

    Data(Reception reception, Conversations conversations) {
        super("DATA", conversations);
        this.reception = reception;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) throws IOException {
        if (!arguments.isEmpty()) {
            return Replies.NO_ARGUMENTS;
        }
        if (conversation.transaction().isEmpty() || conversation.app().isEmpty()) {
            return Replies.MAIL_FIRST;
        }
        var transaction = conversation.transaction().get();
        if (transaction.hasChunks()) {
            // The app has lost its way (RFC 3030 §2): nothing that it says now may complete the letter.
            conversation.reset();
            return Replies.CHUNKS_BEGUN;
        }
        if (transaction.recipientCount() == 0) {
            return Replies.NO_RECIPIENTS;
        }
        session.sendResponse(Replies.START_MAIL.wire());
        try (var collector = reception.collector()) {
            if (!new DataReader(session.getRawInput()).readInto(collector)) {
                throw new EOFException("connection lost inside a letter");
            }
            return reception.finish(conversation.app().get(), conversation, transaction, collector);
        } finally {
            conversation.reset();
        }
    }
}
