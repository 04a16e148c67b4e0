package facteur.store;

import facteur.office.OfficeId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Writes many cards in pieces, as one version of their office. Where one connection writes, the pieces leave it to the letters for as long as
/// they had it, and get smaller when they take long. What a death leaves behind is whole pieces, and a version that counts them: nothing is
/// left to be closed, and the same cards said again find what is there.
///
/// Others may change single cards between two pieces. A card that one of them has changed since is changed by a new version, so
/// that each card's history stays in order.
///
/// One thread.
final class CardSeries {
    /// Is told of each piece that changed something, in its transaction.
    @FunctionalInterface
    interface Progress {
        Progress NONE = (_, _, _) -> {};

        void written(StoreTransaction transaction, long number, CardTally piece) throws SQLException;
    }

    /// What one connection that writes is left alone for.
    ///
    /// @param nanos what a piece is measured by
    record Rest(boolean isNeeded, LongSupplier nanos, Pieces.Pause pause) {
        static Rest of(StoreWriter writer) {
            var pieces = Pieces.of(writer);
            return new Rest(pieces.isSole(), pieces.nanos(), pieces.pause());
        }
    }

    private static final Duration LONG = Duration.ofMillis(8);
    private static final int SMALLEST = 10;

    /// More in one piece, and caches drop all cards of the office instead of so many single ones.
    private static final int NAMED_CHANGES = 10;

    private final StoreWriter writer;
    private final Rest rest;
    private final CardLease lease;
    private final OfficeId office;
    private final Author author;
    private final long undoes;
    private final Progress progress;
    private long number;
    private int size = CardRow.PIECE;
    private CardTally tally = CardTally.ZERO;
    private long untold;

    /// What came of one piece.
    private sealed interface Piece {}

    private record Done(long number, CardTally tally) implements Piece {}

    private record Stopped(CardsResult why) implements Piece {}

    /// @param undoes the version that this takes back; 0 when none
    /// @param number of a version that is continued; 0 when the first change begins one
    CardSeries(StoreWriter writer, Rest rest, CardLease lease, OfficeId office, Author author, long undoes, long number, Progress progress) {
        this.writer = writer;
        this.rest = rest;
        this.lease = lease;
        this.office = office;
        this.author = author;
        this.undoes = undoes;
        this.number = number;
        this.progress = progress;
    }

    /// The version so far; 0 while nothing has changed.
    long number() {
        return number;
    }

    CardTally tally() {
        return tally;
    }

    /// How many unchanged cards were in pieces that [Progress] was not told of.
    long untold() {
        return untold;
    }

    /// How many cards the next piece should have.
    int size() {
        return size;
    }

    /// @param edits at most a [CardRow#PIECE], of different cards
    /// @return why it can't go on; empty when it can
    Optional<CardsResult> write(List<CardEdit> edits) throws SQLException {
        if (edits.isEmpty()) {
            return Optional.empty();
        }
        // Most of what apps push is what is there: the writer is left alone then.
        var present = writer.database().reading(statements -> CardRow.read(statements, office, edits));
        if (CardDifference.of(edits, present).isEmpty()) {
            tally = tally.plus(CardTally.of(edits.size(), List.of()));
            untold += edits.size();
            return Optional.empty();
        }
        writer.requireRoom();
        var began = new long[1];
        var piece = writer.write(transaction -> {
            began[0] = rest.nanos().getAsLong();
            return write(transaction, edits);
        });
        return switch (piece) {
            case Stopped(var why) -> Optional.of(why);
            case Done done -> {
                number = done.number();
                tally = tally.plus(done.tally());
                rest(Duration.ofNanos(rest.nanos().getAsLong() - began[0]), edits.size());
                yield Optional.empty();
            }
        };
    }

    private Piece write(StoreTransaction transaction, List<CardEdit> edits) throws SQLException {
        var statements = transaction.statements();
        var found = OfficeRow.lock(transaction, writer.database().dialect().lock(), office);
        if (found.isEmpty() || found.get().isRemoved()) {
            return new Stopped(new CardsResult.Missing());
        }
        var row = found.get();
        var conflict = CardKeeper.conflict(row, author);
        if (conflict.isPresent()) {
            return new Stopped(new CardsResult.Conflict(conflict.get().code(), conflict.get().message()));
        }
        if (!lease.renew(transaction)) {
            return new Stopped(new CardsResult.Conflict("interrupted", "another request has written cards meanwhile: say it again"));
        }
        var differences = CardDifference.of(edits, CardRow.read(statements, office, edits));
        if (differences.isEmpty()) {
            untold += edits.size();
            return new Done(number, CardTally.of(edits.size(), differences));
        }
        var version = version(transaction, row, edits, differences.size());
        CardRow.write(statements, office, differences, version, transaction.now());
        announce(transaction, differences);
        var written = CardTally.of(edits.size(), differences);
        progress.written(transaction, version, written);
        return new Done(version, written);
    }

    /// The version to write under, which is in the history by then.
    private long version(StoreTransaction transaction, OfficeRow row, List<CardEdit> edits, int changes) throws SQLException {
        var statements = transaction.statements();
        var isOutrun = number > 0
                && row.version() > number
                && CardRow.newestChange(statements, office, edits) > number;
        if (number > 0 && !isOutrun) {
            ChangeRows.addCards(transaction, office, number, changes);
            return number;
        }
        return CardVersion.begin(transaction, row, author, undoes, changes, CardVersion.Telling.LATER);
    }

    /// Tells the journal of the version, with all cards that it has changed.
    void tell() throws SQLException {
        writer.database().reading(statements -> ChangeRows.one(statements, office, number))
                .ifPresent(version -> writer.tell(new Saved(office, version)));
    }

    private void announce(StoreTransaction transaction, List<CardDifference> differences) {
        if (differences.size() > NAMED_CHANGES) {
            transaction.changed(StoreChange.ofCards(office));
        } else {
            differences.forEach(difference -> transaction.changed(StoreChange.ofCard(office, difference.relation())));
        }
    }

    private void rest(Duration held, int edits) {
        if (!rest.isNeeded()) {
            return;
        }
        size = held.compareTo(LONG) > 0 ? Math.max(SMALLEST, edits / 2) : Math.min(CardRow.PIECE, size + SMALLEST);
        rest.pause().take(held);
    }
}
