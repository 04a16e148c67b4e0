package facteur.listener;

import facteur.mail.message.MessageCollector;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.MailArguments;
import facteur.mail.smtp.ReversePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A mail transaction (RFC 5321 §3.3): what MAIL, RCPT and BDAT have brought so far. Its envelope counts against the memory for
/// letters that arrive, until it is closed. For the session's thread.
final class Transaction implements AutoCloseable {
    /// An envelope of a few recipients is accepted even without room. The limit of connections bounds how many there are.
    private static final int SMALL_BYTES = 4096;

    private final MailArguments mail;
    private final ReceivingMemory memory;
    private final List<ForwardPath> recipients = new ArrayList<>();
    private Optional<MessageCollector> chunks = Optional.empty();
    private long heldBytes;
    private boolean wasFull;

    Transaction(MailArguments mail, ReceivingMemory memory) {
        this.mail = mail;
        this.memory = memory;
        heldBytes = mail.memoryBytes();
        memory.hold(heldBytes);
    }

    ReversePath reversePath() {
        return mail.reversePath();
    }

    /// As in [MailArguments#daemon].
    Optional<String> daemon() {
        return mail.daemon();
    }

    HeaderEncoding encoding() {
        return mail.encoding();
    }

    int recipientCount() {
        return recipients.size();
    }

    /// False when there is no memory for it.
    boolean add(ForwardPath recipient) {
        var bytes = recipient.memoryBytes();
        if (heldBytes + bytes <= SMALL_BYTES) {
            memory.hold(bytes);
        } else if (!memory.take(ReceivingMemory.Kind.ENVELOPE, bytes)) {
            return false;
        }
        heldBytes += bytes;
        recipients.add(recipient);
        return true;
    }

    /// Whether it is the first time that there is no memory.
    boolean isFirstWithoutRoom() {
        var isFirst = !wasFull;
        wasFull = true;
        return isFirst;
    }

    Envelope envelope() {
        return new Envelope(mail.reversePath(), recipients, mail.body(), mail.encoding(), mail.dsn());
    }

    /// Whether a chunk of the letter has come.
    boolean hasChunks() {
        return chunks.isPresent();
    }

    /// Collects the chunks; made for the first.
    MessageCollector chunks(Supplier<MessageCollector> first) {
        var collector = chunks.orElseGet(first);
        chunks = Optional.of(collector);
        return collector;
    }

    /// Drops envelope and chunks, and releases their memory. May be called again.
    @Override
    public void close() {
        recipients.clear();
        memory.give(heldBytes);
        heldBytes = 0;
        chunks.ifPresent(MessageCollector::close);
    }
}
