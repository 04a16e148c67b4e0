package facteur.listener;

import facteur.mail.message.MessageCollector;
import facteur.mail.smtp.BdatArguments;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import java.io.IOException;
import java.util.Optional;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.server.Session;

/// BDAT (RFC 3030 §2): takes a letter in chunks of counted octets.
///
/// A refused chunk is read all the same: its octets are not commands. With the chunk the transaction is over, so that
/// those the app has pipelined behind it are refused too, and nothing can make a letter of what is left. Where a chunk
/// ends is unknown when its command can't be read, and too far away when it is huge: then the connection ends.
final class Bdat extends Verb {
    /// How far over the size of a message a chunk may go and still be drained.
    private static final long DRAIN_SLACK_BYTES = 1024 * 1024;

    private final Reception reception;
    private final long messageBytes;

    Bdat(Reception reception, long messageBytes, Conversations conversations) {
        super("BDAT", conversations);
        this.reception = reception;
        this.messageBytes = messageBytes;
    }

    /// Refused for its octets, its chunk would not be read.
    @Override
    boolean takesAnyOctets() {
        return true;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session)
            throws IOException, DropConnectionException {
        return switch (BdatArguments.parse(arguments)) {
            case Parsed.Bad<BdatArguments>(var reply) -> throw drop(reply);
            case Parsed.Good<BdatArguments>(var bdat) -> {
                if (bdat.chunkBytes() > messageBytes + DRAIN_SLACK_BYTES) {
                    throw drop(MessageCollector.tooBig(messageBytes));
                }
                var socket = AppSocket.of(session);
                reception.start(socket, bdat.chunkBytes());
                try {
                    yield take(bdat, conversation, new ChunkReader(session.getRawInput(), bdat.chunkBytes()), socket);
                } finally {
                    reception.end(socket);
                }
            }
        };
    }

    private static DropConnectionException drop(Reply reply) {
        return new DropConnectionException(reply.code(), Replies.withoutCode(reply));
    }

    private Reply take(BdatArguments bdat, Conversation conversation, ChunkReader chunk, AppSocket socket)
            throws IOException {
        if (conversation.transaction().isEmpty()) {
            chunk.drain();
            return Replies.MAIL_FIRST;
        }
        var transaction = conversation.transaction().get();
        if (transaction.recipientCount() == 0) {
            conversation.reset();
            chunk.drain();
            return Replies.NO_RECIPIENTS;
        }
        var collector = transaction.chunks(reception::collector);
        chunk.readInto(collector);
        var reply = reply(bdat, conversation, transaction, collector, socket);
        if (reply.isEmpty()) {
            return Reply.of(250, 0, 0, bdat.chunkBytes() + " octets received");
        }
        conversation.reset();
        return reply.get();
    }

    /// The reply that ends the letter; empty while it goes on.
    private Optional<Reply> reply(
            BdatArguments bdat,
            Conversation conversation,
            Transaction transaction,
            MessageCollector collector,
            AppSocket socket) {
        return switch (bdat.position()) {
            case INNER -> collector.fault().map(fault -> reception.refuse(conversation, transaction, fault));
            case LAST -> Optional.of(reception.finish(conversation, transaction, collector, socket));
        };
    }
}
