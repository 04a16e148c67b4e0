package facteur.listener;

import facteur.mail.message.MessageCollector;
import facteur.mail.smtp.BdatArguments;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import java.io.IOException;
import java.util.Optional;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.server.Session;

/// BDAT (RFC 3030 §2): receives a letter in chunks of counted octets.
///
/// A refused chunk is still read: its octets are not commands. The refusal ends the transaction, so that the chunks that the
/// app has pipelined behind it are refused too, and no letter is made of the rest. Where a chunk ends is unknown when its
/// command can't be read, and too far away when it is huge: then the connection ends.
final class Bdat extends Verb {
    /// How far beyond the largest message a chunk may go and still be drained.
    private static final long DRAIN_SLACK_BYTES = 1024 * 1024;

    private final Reception reception;
    private final long messageBytes;

    Bdat(Reception reception, long messageBytes, Conversations conversations) {
        super("BDAT", conversations);
        this.reception = reception;
        this.messageBytes = messageBytes;
    }

    /// A refusal because of such octets would leave the chunk unread.
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
                    yield receive(bdat, conversation, new ChunkReader(session.getRawInput(), bdat.chunkBytes()), socket);
                } finally {
                    reception.end(socket);
                }
            }
        };
    }

    private static DropConnectionException drop(Reply reply) {
        return new DropConnectionException(reply.code(), Replies.withoutCode(reply));
    }

    private Reply receive(BdatArguments bdat, Conversation conversation, ChunkReader chunk, AppSocket socket)
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
