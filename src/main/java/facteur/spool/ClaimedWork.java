package facteur.spool;

import java.time.Instant;
import java.util.List;

/// What the queue has to do.
public sealed interface ClaimedWork {
    /// These, now: they are leased to the caller.
    ///
    /// @param corrupt those that were due too and can't be read: they are on hold now
    record Now(List<LeasedLetter> letters, List<Corrupt> corrupt) implements ClaimedWork {
        public Now {
            letters = List.copyOf(letters);
            corrupt = List.copyOf(corrupt);
        }
    }

    /// A letter whose octets are missing or damaged.
    ///
    /// @param letterId as its row has it, which may be damaged too
    record Corrupt(String letterId, String reason) {}

    /// Nothing before then.
    record At(Instant dueAt) implements ClaimedWork {}

    /// Nothing waits.
    record Idle() implements ClaimedWork {}
}
