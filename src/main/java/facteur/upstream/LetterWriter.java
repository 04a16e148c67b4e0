package facteur.upstream;

import facteur.mail.message.Message;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Writes messages behind DATA over one connection, and listens meanwhile: a peer may refuse a letter before it has all of it,
/// and hang up, as many do with one that is too big. What it says before our dot never counts as an answer to it. One thread.
final class LetterWriter {
    private final RelayTransport transport;
    private final RelaySocket socket;
    private final Timeouts timeouts;
    private @Nullable DataStream stream;
    private boolean isInterrupted;
    private boolean isDotSent;

    LetterWriter(RelayTransport transport, RelaySocket socket, Timeouts timeouts) {
        this.transport = transport;
        this.socket = socket;
        this.timeouts = timeouts;
    }

    /// Streams the message, once DATA has got its 354. [#end] follows.
    ///
    /// @throws LostConnection with the peer's refusal, if that is what ended it
    void write(Message message) throws LostConnection {
        isDotSent = false;
        isInterrupted = false;
        socket.beginMessage(timeouts.message());
        try {
            message.writeTo(stream());
        } catch (IOException e) {
            if (isInterrupted || socket.hasFailedWriting()) {
                throw ended(e);
            }
            throw new LostConnection(LostConnection.Manner.CUT, LostConnection.cause("cannot read the letter: ", e));
        }
    }

    /// Sends what is left of the message, and the final dot.
    ///
    /// @throws LostConnection as [#write] does, unless the dot may have left
    void end() throws LostConnection {
        try {
            stream().finish();
            isDotSent = true;
            socket.endMessage();
        } catch (IOException e) {
            isDotSent = !isInterrupted && !socket.hasFailedWriting();
            throw isDotSent ? LostConnection.from(e) : ended(e);
        }
    }

    /// Whether the final dot may have left.
    boolean isDotSent() {
        return isDotSent;
    }

    /// The timeout for the reply to the final dot.
    Duration endTimeout() {
        return timeouts.endOfData();
    }

    private void look() throws IOException {
        isInterrupted = transport.isOutOfStep();
        if (isInterrupted) {
            throw new IOException("interrupted by the upstream");
        }
    }

    /// What the peer has said is read yet. A refusal counts; a yes can't be meant for a letter that it hasn't got
    /// (RFC 5321 §4.1.1.4).
    private LostConnection ended(IOException e) {
        try {
            var said = transport.replyWithin(timeouts.quit());
            if (said.code() >= 400) {
                return new LostConnection(LostConnection.Manner.CUT, new FailureCause.Answer(said));
            }
            return isInterrupted
                    ? new LostConnection(
                            LostConnection.Manner.GARBLED,
                            new FailureCause.Trouble("out of step, before the end of the letter: " + said))
                    : LostConnection.from(e);
        } catch (LostConnection nothing) {
            return isInterrupted ? nothing : LostConnection.from(e);
        }
    }

    /// On the stream that Angus writes to, too: it keeps nothing back between commands.
    private DataStream stream() throws IOException {
        if (stream == null) {
            stream = new DataStream(socket.wire(), this::look);
        }
        return stream;
    }
}
