package facteur.listener;

import facteur.intake.SubmissionResult;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.Collected;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Reply;
import java.net.SocketException;

/// What DATA and BDAT have in common: the rules by which a letter is collected, and what happens to it then. Thread-safe.
final class Reception {
    private final ListenerSettings settings;
    private final ReceivingMemory receivingMemory;
    private final BodyFiles bodyFiles;
    private final Hooks hooks;

    Reception(
            ListenerSettings settings,
            ReceivingMemory receivingMemory,
            BodyFiles bodyFiles,
            Hooks hooks) {
        this.settings = settings;
        this.receivingMemory = receivingMemory;
        this.bodyFiles = bodyFiles;
        this.hooks = hooks;
    }

    MessageCollector collector() {
        return new MessageCollector(settings.message(), settings.lineEndings(), receivingMemory, bodyFiles);
    }

    /// Within a letter there is less patience than between commands, and there are no lines.
    ///
    /// @param octets how many of them belong to the letter
    void start(AppSocket socket, long octets) throws SocketException {
        socket.lines().readOctets(octets);
        socket.setSoTimeout((int) settings.session().dataTimeout().toMillis());
    }

    void end(AppSocket socket) throws SocketException {
        socket.lines().readLines();
        socket.setSoTimeout((int) settings.commandTimeout().toMillis());
    }

    /// Hands the whole letter over.
    ///
    /// @return the reply to the end of the letter
    Reply finish(
            Conversation conversation, Transaction transaction, MessageCollector collector, AppSocket socket) {
        return switch (collector.finish()) {
            case Collected.Refused(var reply) -> refuse(conversation, transaction, reply);
            case Collected.Whole(var message, var body) -> {
                var result = hooks.take(
                        conversation, transaction.envelope().holding(body, transaction.encoding()), message, collector.bodyDigest());
                switch (result) {
                    case SubmissionResult.Queued(var id) -> socket.accepted(id);
                    case SubmissionResult.Duplicate(var first) -> socket.accepted(first);
                    case SubmissionResult.Refused _ -> {}
                }
                yield result.reply();
            }
        };
    }

    /// Journals that the letter breaks a rule.
    ///
    /// @return the reply, as given
    Reply refuse(Conversation conversation, Transaction transaction, Reply reply) {
        return hooks.refused(conversation, transaction.reversePath(), reply);
    }
}
