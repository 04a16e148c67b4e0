package facteur.upstream;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps a copy of each letter that another upstream takes, for those recipients that it was taken for. That a copy can't
/// be kept is told, once until one can again, and changes nothing else. Thread-safe.
public final class CopyingUpstream implements Upstream {
    private final Upstream upstream;
    private final Upstream copies;
    private final Journal journal;
    private final AtomicBoolean isFailing = new AtomicBoolean();

    /// @param copies gets what the other one took
    public CopyingUpstream(Upstream upstream, Upstream copies, Journal journal) {
        this.upstream = upstream;
        this.copies = copies;
        this.journal = journal;
    }

    @Override
    public String name() {
        return upstream.name();
    }

    @Override
    public HeaderEncoding encoding() {
        return upstream.encoding();
    }

    @Override
    public List<Outcome> relay(QueueId id, Envelope envelope, Message message) {
        return relay(id, envelope, message, outcomes -> {});
    }

    @Override
    public List<Outcome> relay(QueueId id, Envelope envelope, Message message, Progress progress) {
        var outcomes = upstream.relay(id, envelope, message, progress);
        var taken = Outcome.taken(envelope, outcomes);
        if (!taken.isEmpty()) {
            copy(id, envelope.withRecipients(taken), message);
        }
        return outcomes;
    }

    private void copy(QueueId id, Envelope envelope, Message message) {
        try {
            switch (copies.relay(id, envelope, message).getFirst()) {
                case Outcome.Relayed ignored -> isFailing.set(false);
                case Outcome.TempFailed failure -> failed(id, failure.cause().toString());
                case Outcome other -> failed(id, other.toString());
            }
        } catch (RuntimeException bug) {
            // Even so the letter was accepted, and must not be sent again.
            failed(id, bug.toString());
        }
    }

    private void failed(QueueId id, String reason) {
        if (!isFailing.getAndSet(true)) {
            journal.record(new MailEvent.CopyFailed(id.text(), name(), reason));
        }
    }

    @Override
    public Optional<Instant> restsUntil() {
        return upstream.restsUntil();
    }

    @Override
    public OptionalInt connectionLimit() {
        return upstream.connectionLimit();
    }

    @Override
    public OptionalInt connections() {
        return upstream.connections();
    }

    @Override
    public void reap() {
        upstream.reap();
        copies.reap();
    }

    @Override
    public void close() {
        upstream.close();
        copies.close();
    }
}
