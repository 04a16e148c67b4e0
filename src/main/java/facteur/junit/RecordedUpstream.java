package facteur.junit;

import facteur.mail.letter.QueueId;
import facteur.mail.message.Body;
import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.upstream.Outcome;
import facteur.upstream.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Records each letter that an upstream accepts. Thread-safe.
final class RecordedUpstream implements Upstream {
    private final Upstream upstream;
    private final Recording recording;

    RecordedUpstream(Upstream upstream, Recording recording) {
        this.upstream = upstream;
        this.recording = recording;
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
        // Read before: once a letter is accepted, nothing may fail any more.
        var copy = new Message(message.header(), inMemory(message.body()));
        var outcomes = upstream.relay(id, envelope, message, progress);
        var accepted = Outcome.taken(envelope, outcomes);
        if (!accepted.isEmpty()) {
            recording.record(new Letter(id.text(), envelope.withRecipients(accepted), copy));
        }
        return outcomes;
    }

    /// A file is deleted when its letter has ended.
    private static MemoryBody inMemory(Body body) {
        return switch (body) {
            case MemoryBody memory -> memory;
            case FileBody file -> {
                var out = new ByteArrayOutputStream((int) file.sizeBytes());
                try {
                    file.writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                yield new MemoryBody(out.toByteArray());
            }
        };
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
    public void reap() {
        upstream.reap();
    }

    @Override
    public void close() {
        upstream.close();
    }
}
