package facteur.intake;

import facteur.delivery.Queues;
import facteur.delivery.StoredLetter;
import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Reply;
import facteur.spool.KnownLetter;
import facteur.spool.KnownLetterException;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Stores a letter once, however often its app hands it over. Thread-safe; blocks.
///
/// While the first attempt of an earlier one may still be refused to the app that waits for it (pass-through), this one waits: it is
/// a new letter if so. That the earlier one is in its first attempt is in the spool, so it holds for nodes, too; it is looked at now and
/// then, since the wait is rare.
final class DuplicateGuard {
    /// Between looks; twice as long each time, up to [#LONGEST].
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(400);

    /// What became of the letter.
    sealed interface Result {
        record New(StoredLetter letter) implements Result {}

        /// @param first that its app was told
        record Duplicate(QueueId first) implements Result {}

        record Refused(Reply reply) implements Result {}
    }

    /// Tries to store it.
    interface Store {
        StoredLetter run() throws SpoolException;
    }

    private final Queues queues;
    private final InstantSource time;

    DuplicateGuard(Queues queues, InstantSource time) {
        this.queues = queues;
        this.time = time;
    }

    Result store(Store store) throws SpoolException {
        var wait = FIRST_WAIT;
        var begun = time.instant();
        var waited = Duration.ZERO;
        while (true) {
            KnownLetter known;
            try {
                return new Result.New(store.run());
            } catch (KnownLetterException found) {
                known = found.known();
            }
            if (known.match() == KnownLetter.Match.OTHER) {
                return new Result.Refused(Reply.of(550, 7, 0, "X-Letter-Key was used for another letter"));
            }
            if (!mayBeRefused(known)) {
                return new Result.Duplicate(known.id());
            }
            if (isOver(begun, waited) || !sleep(wait)) {
                return new Result.Refused(Reply.of(451, 3, 0, "The same letter is being handled, try again later"));
            }
            waited = waited.plus(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
        }
    }

    private boolean mayBeRefused(KnownLetter known) {
        return known.match() == KnownLetter.Match.IN_FIRST_ATTEMPT
                && queues.answeredBy(known.acceptedAt()).filter(time.instant()::isBefore).isPresent();
    }

    /// Whether the app of this one has waited for as long as any does, by the clock or, should that be set back, without it.
    private boolean isOver(Instant begun, Duration waited) {
        return queues.answeredBy(begun).filter(time.instant()::isBefore).filter(begun.plus(waited)::isBefore).isEmpty();
    }

    private static boolean sleep(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
