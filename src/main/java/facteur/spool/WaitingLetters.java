package facteur.spool;

import facteur.mail.letter.RouteId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What changes of letters while they wait: when they are due, and by which route they go. Thread-safe.
final class WaitingLetters {
    private final Committer committer;
    private final MisdatedRows misdated;

    WaitingLetters(Committer committer, MisdatedRows misdated) {
        this.committer = committer;
        this.misdated = misdated;
    }

    /// As [Spool#recall].
    void recall(RouteId route, Instant latest, Instant now) throws SpoolException {
        // A look first: a change is a commit, and mostly there is none.
        if (committer.readAsTheyAre(statements -> misdated.areThere(statements, route, latest))) {
            committer.commit(statements -> misdated.recall(statements, route, latest, now));
        }
    }

    /// As [Spool#bringForward].
    void bringForward(Instant now, Duration by) throws SpoolException {
        var from = Optional.of("");
        while (from.isPresent()) {
            var after = from.get();
            from = committer.commit(statements -> misdated.bringForward(statements, after, now, by));
        }
    }

    /// As [Spool#routes].
    Set<RouteId> routes() throws SpoolException {
        return committer.read(RouteRows::all);
    }

    /// As [Spool#waiting].
    List<WaitingLetter> of(RouteId route, int limit) throws SpoolException {
        return committer.read(statements -> RouteRows.waiting(statements, route, limit));
    }

    /// As [Spool#reroute].
    int reroute(RouteId from, List<WaitingLetter.Rerouted> letters) throws SpoolException {
        return committer.commit(statements -> RouteRows.move(statements, from, letters));
    }
}
