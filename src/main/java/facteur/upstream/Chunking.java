package facteur.upstream;

import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whether an upstream gets letters as a chunk in one flight with their envelope (RFC 3030 §4.2), which saves the wait for 354.
///
/// Some hosts offer CHUNKING and don't read a chunk that they refuse, though RFC 3030 §2 says they must: they run the letter as
/// commands. Who can choose a recipient that is refused, and writes the body, would speak to the upstream in our name. So each
/// host is asked first, with a chunk that does no harm; and one that did anything odd gets DATA.
///
/// Thread-safe.
final class Chunking {
    /// How long it is believed of a host that it is fit.
    private static final Duration FIT = Duration.ofDays(1);

    private static final Duration UNFIT = Duration.ofHours(1);

    /// Over a connection that was quiet for longer it can't be told whether a letter got lost on its way or on the way back: hosts
    /// hang up after a while, without a word. So MAIL goes alone with RCPT and DATA, and finds that out.
    private static final Duration QUIET = Duration.ofSeconds(2);

    /// So soon after a letter a host hardly hangs up, and if it does, less of that has come than can be found.
    private static final Duration SOON = Duration.ofMillis(50);

    private final Duration patience;
    private final SteadyTime time;
    private boolean isFit;

    /// Until when that is believed.
    private Instant until = Instant.MIN;

    /// @param patience for an answer to that
    Chunking(Duration patience, SteadyTime time) {
        this.patience = patience;
        this.time = time;
    }

    /// Asks the host over a fresh connection, if it isn't known what it does.
    ///
    /// @return whether that connection may be used
    boolean examine(RelayTransport connection) {
        if (!isOffered(connection) || !isDue()) {
            return true;
        }
        try {
            if (skipsRefusedChunk(connection)) {
                learn(true, FIT);
                return true;
            }
        } catch (LostConnection lost) {
            // As bad as a wrong answer.
        }
        return false;
    }

    /// Whether the next letter over this connection may go as a chunk.
    boolean isFor(RelayTransport connection, long letterBytes) {
        return letterBytes <= Flight.CHUNK_BYTES
                && isOffered(connection)
                && isFit()
                && isUsedWithin(QUIET, connection);
    }

    /// Whether it should be looked at first, because a letter might go as a chunk.
    boolean isInDanger(RelayTransport connection) {
        return isOffered(connection) && isFit() && isUsedWithin(QUIET, connection) && !isUsedWithin(SOON, connection);
    }

    private boolean isUsedWithin(Duration duration, RelayTransport connection) {
        return Duration.between(connection.quietSince(), time.instant()).compareTo(duration) < 0;
    }

    /// It did something odd.
    void distrust() {
        learn(false, UNFIT);
    }

    /// The chunk is `DATA`: outside of a transaction it does nothing, and is refused, where RSET behind it isn't. So it shows whether the
    /// chunk was run.
    private boolean skipsRefusedChunk(RelayTransport connection) throws LostConnection {
        connection.send(List.of("BDAT 6 LAST", "DATA", "RSET"));
        var refusal = connection.replyWithin(patience);
        return refusal.code() >= 400
                && refusal.code() != 421
                && connection.replyWithin(patience).isPositive()
                && !connection.isOutOfStep();
    }

    private static boolean isOffered(RelayTransport connection) {
        return connection.extensions().offers("CHUNKING") && connection.extensions().offers("PIPELINING");
    }

    /// One caller asks; meanwhile, others don't use it.
    private synchronized boolean isDue() {
        var isDue = !time.instant().isBefore(until);
        if (isDue) {
            learn(false, UNFIT);
        }
        return isDue;
    }

    private synchronized boolean isFit() {
        return isFit && time.instant().isBefore(until);
    }

    private synchronized void learn(boolean isFitNow, Duration memory) {
        isFit = isFitNow;
        until = time.instant().plus(memory);
    }
}
