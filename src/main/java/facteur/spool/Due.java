package facteur.spool;

import java.time.Instant;
import java.util.List;

/// What the queue has to do.
public sealed interface Due {
    /// These, now: they are leased to the caller.
    record Now(List<Spooled> letters) implements Due {}

    /// Nothing before then.
    record At(Instant dueAt) implements Due {}

    /// Nothing waits.
    record Idle() implements Due {}
}
