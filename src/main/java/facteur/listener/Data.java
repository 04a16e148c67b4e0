package facteur.listener;

import facteur.intake.App;
import facteur.intake.Intake;
import facteur.intake.Submission;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.message.BodyFiles;
import facteur.message.Collected;
import facteur.message.MessageCollector;
import facteur.message.Message;
import facteur.message.ReceivingMemory;
import facteur.smtp.Reply;
import java.io.EOFException;
import java.io.IOException;
import org.subethamail.smtp.server.Session;

/// DATA (RFC 5321 §4.1.1.4): reads the letter to its very end, whatever is wrong with it, gives it to the intake, and
/// ends the transaction.
final class Data extends Verb {
    private final ListenerSettings settings;
    private final ReceivingMemory receivingMemory;
    private final BodyFiles bodyFiles;
    private final Intake intake;
    private final Journal journal;

    Data(
            ListenerSettings settings,
            ReceivingMemory receivingMemory,
            BodyFiles bodyFiles,
            Intake intake,
            Journal journal,
            Conversations conversations) {
        super("DATA", conversations);
        this.settings = settings;
        this.receivingMemory = receivingMemory;
        this.bodyFiles = bodyFiles;
        this.intake = intake;
        this.journal = journal;
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
        if (transaction.recipientCount() == 0) {
            return Replies.NO_RECIPIENTS;
        }
        session.sendResponse(Replies.START_MAIL.wire());
        try (var collector = new MessageCollector(
                settings.message(), settings.lineEndings(), receivingMemory, bodyFiles)) {
            if (!new DataReader(session.getRawInput()).readInto(collector)) {
                throw new EOFException("connection lost inside a letter");
            }
            return switch (collector.finish()) {
                case Collected.Refused(var reply) -> refused(conversation.app().get(), conversation, transaction, reply);
                case Collected.Whole(var message) -> intake.accept(
                        submission(conversation.app().get(), conversation, transaction, message));
            };
        } finally {
            conversation.reset();
        }
    }

    private static Submission submission(App app, Conversation conversation, Transaction transaction, Message message) {
        return new Submission(
                app,
                transaction.envelope(),
                message,
                conversation.helo(),
                conversation.peer(),
                conversation.protocol(transaction.encoding()),
                conversation.tls());
    }

    private Reply refused(App app, Conversation conversation, Transaction transaction, Reply reply) {
        journal.record(new MailEvent.Refused(
                app.name(),
                conversation.peer().getHostAddress(),
                transaction.envelope().reversePath().toString(),
                reply.toString()));
        return reply;
    }
}
