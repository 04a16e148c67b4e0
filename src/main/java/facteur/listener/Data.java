package facteur.listener;

import facteur.mail.smtp.Reply;
import java.io.EOFException;
import java.io.IOException;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.server.Session;

/// DATA (RFC 5321 §4.1.1.4): reads the letter to its very end, even if it breaks a rule, hands it over, and ends the
/// transaction.
final class Data extends Verb {
    /// How many times the largest message may come and be dropped before reading stops.
    private static final int DRAIN_FACTOR = 4;

    private final Reception reception;
    private final long drainBytes;

    Data(Reception reception, long messageBytes, Conversations conversations) {
        super("DATA", conversations);
        this.reception = reception;
        this.drainBytes = DRAIN_FACTOR * messageBytes;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session)
            throws IOException, DropConnectionException {
        if (!arguments.isEmpty()) {
            return Replies.NO_ARGUMENTS;
        }
        if (conversation.transaction().isEmpty()) {
            return Replies.MAIL_FIRST;
        }
        var transaction = conversation.transaction().get();
        if (transaction.hasChunks()) {
            // The app is confused (RFC 3030 §2): nothing that it sends now may complete the letter.
            conversation.reset();
            return Replies.CHUNKS_BEGUN;
        }
        if (transaction.recipientCount() == 0) {
            return Replies.NO_RECIPIENTS;
        }
        var socket = AppSocket.of(session);
        socket.reply(Replies.START_MAIL);
        reception.start(socket, Long.MAX_VALUE);
        try (var collector = reception.collector()) {
            var in = new BareDot(session.getRawInput(), socket.lines().lineEnd());
            var reader = new DataReader(in, drainBytes);
            var ending = reader.readInto(collector);
            socket.lines().unread(reader.rest());
            if (in.isSeen()) {
                reception.refuse(conversation, transaction, Replies.BARE_DOT);
                throw new DropConnectionException(Replies.BARE_DOT.code(), Replies.withoutCode(Replies.BARE_DOT));
            }
            return switch (ending) {
                case LOST -> throw new EOFException("connection lost inside a letter");
                case ENDLESS -> Replies.ENDLESS;
                case WHOLE -> reception.finish(conversation, transaction, collector, socket);
            };
        } finally {
            reception.end(socket);
            conversation.reset();
        }
    }
}
