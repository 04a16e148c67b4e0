package facteur.store;

import facteur.office.OfficeId;
import facteur.office.Roles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/// The whole set of an office's cards in several requests: begin, any number of bodies, finish. Each body counts at once;
/// all of them, and what finishing removes, are one version. A push that isn't finished ends an hour after it began, with what
/// it has written.
///
/// Thread-safe; blocks for the database. An [SQLException] means that it is away, an [IOException] that a file can't be read.
public final class CardPushes {
    /// What becomes of cards that the push did not name.
    public enum Rest {
        KEEP,
        DELETE
    }

    /// What came of beginning.
    public sealed interface Beginning {}

    /// @param push its id, for the requests that follow
    /// @param until when it ends unless it is finished
    public record Begun(String push, Instant until) implements Beginning {}

    public record NotBegun(CardsResult why) implements Beginning {}

    /// So many may go without being asked for.
    private static final int FEW = 20;

    private static final String COUNT_CARDS = "select count(*) from card where office = ?";

    private final StoreWriter writer;
    private final Supplier<Roles> roles;
    private final CardImport bodies;
    private final CardSeries.Rest rest;

    CardPushes(StoreWriter writer, Supplier<Roles> roles, CardImport bodies, CardSeries.Rest rest) {
        this.writer = writer;
        this.roles = roles;
        this.bodies = bodies;
        this.rest = rest;
    }

    /// Begins a push, in the place of an unfinished one by the same app.
    public Beginning begin(OfficeId office, Author author) throws SQLException {
        return switch (CardLease.take(writer, office, author, CardLease.Purpose.PUSH)) {
            case CardLease.NotTaken(var why) -> new NotBegun(why);
            case CardLease.Taken(var lease, _) -> {
                try (lease) {
                    writer.requireRoom();
                    yield writer.write(transaction -> begin(transaction, office, author));
                }
            }
        };
    }

    private static Beginning begin(StoreTransaction transaction, OfficeId office, Author author) throws SQLException {
        var present = PushRow.read(transaction.statements(), office);
        if (present.isPresent()
                && !present.get().app().equals(author.actor())
                && !present.get().isFinished()
                && present.get().isAlive(transaction.now())) {
            return new NotBegun(new CardsResult.Conflict("push-under-way", present.get().app() + " is pushing cards of this office"));
        }
        var id = UUID.randomUUID().toString();
        PushRow.begin(transaction, office, id, author.actor());
        return new Begun(id, transaction.now().plus(PushRow.LIFE));
    }

    /// Writes one body, as [CardImport#run] does.
    ///
    /// @return [CardsResult.Missing] also when the push has ended
    public CardsResult add(OfficeId office, String push, Path body, CardImport.Options options, Author author)
            throws SQLException, IOException {
        var early = refusal(office, push, author);
        if (early.isPresent()) {
            return early.get();
        }
        var listed = roles.get();
        var scan = bodies.scan(body, options, listed);
        var refusal = CardImport.refusal(scan, options);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return underLease(office, push, author, (row, lease, version) -> row.isFinished()
                ? new CardsResult.Missing()
                : add(row, lease, version, body, options, listed, scan, author));
    }

    /// What can be said before the body is read.
    private Optional<CardsResult> refusal(OfficeId office, String push, Author author) throws SQLException {
        var row = writer.database().reading(statements -> OfficeRow.read(statements, office)).filter(found -> !found.isRemoved());
        var conflict = row.flatMap(found -> CardKeeper.conflict(found, author));
        if (conflict.isPresent()) {
            return Optional.of(new CardsResult.Conflict(conflict.get().code(), conflict.get().message()));
        }
        return row.isPresent() && find(office, push, author).filter(found -> !found.isFinished()).isPresent()
                ? Optional.empty()
                : Optional.of(new CardsResult.Missing());
    }

    private CardsResult add(
            PushRow row, CardLease lease, long version, Path body, CardImport.Options options, Roles listed, CardScan scan, Author author)
            throws SQLException, IOException {
        writer.requireRoom();
        // Before the first card: what is named must not be removed, also when this ends in the middle.
        writer.write(transaction -> {
            row.name(transaction.statements(), scan.named());
            row.refuse(transaction.statements(), scan.badLines(), scan.extent() == CardScan.Extent.VAGUE ? 1 : 0);
            return row;
        });
        var series = series(row, lease, author);
        var stopped = bodies.write(body, options, listed, scan, series);
        countUnchanged(row, series);
        return stopped.orElseGet(() -> CardImport.written(scan, series.tally(), Math.max(version, series.number())));
    }

    /// Finishes the push. Said twice, the answer is the same.
    ///
    /// @param deleting how many cards the author knows to be removed
    public CardsResult finish(OfficeId office, String push, Rest rest, OptionalLong deleting, Author author)
            throws SQLException, IOException {
        return underLease(office, push, author, (row, lease, version) -> {
            if (row.isFinished()) {
                return written(row, version);
            }
            var stopped = switch (rest) {
                case KEEP -> Optional.<CardsResult>empty();
                case DELETE -> deleteUnnamed(row, lease, deleting, author);
            };
            if (stopped.isPresent()) {
                return stopped.get();
            }
            var finished = find(office, push, author).orElse(row);
            writer.write(transaction -> {
                finished.finish(transaction);
                return finished;
            });
            series(finished, lease, author).tell();
            return written(finished, Math.max(version, finished.number()));
        });
    }

    private static CardsResult written(PushRow row, long version) {
        return new CardsResult.Written(row.tally().counts(row.number() > 0 ? row.number() : version, row.refusals(), List.of()));
    }

    private Optional<CardsResult> deleteUnnamed(PushRow row, CardLease lease, OptionalLong deleting, Author author) throws SQLException {
        if (row.vague() > 0) {
            return Optional.of(new CardsResult.Conflict(
                    "push-incomplete",
                    "the push has bad lines of which it can't be known whose they are, so the rest can't be removed: push again without them"));
        }
        var office = row.office();
        var named = writer.database().reading(row::named);
        var unnamed = CardRelations.without(writer.database(), office, named);
        // What an earlier try has removed was asked for then, and goes with the rest; what bodies have deleted was asked for there.
        var gone = writer.database().reading(row::deleted).stream().filter(relation -> !named.contains(relation)).count();
        var going = unnamed.size() + gone;
        var cards = writer.database().reading(statements -> statements.first(COUNT_CARDS, found -> found.getLong(1), office.text())).orElse(0L);
        var before = cards + gone - row.tally().created();
        var said = deleting.orElse(-1);
        if (!unnamed.isEmpty() && isMuch(going, before) && said != unnamed.size() && said != going) {
            return Optional.of(new CardsResult.WouldDelete(unnamed.size(), before));
        }
        var series = series(row, lease, author);
        for (var start = 0; start < unnamed.size();) {
            var end = Math.min(unnamed.size(), start + series.size());
            var stopped = series.write(unnamed.subList(start, end).stream().map(CardEdit::delete).toList());
            if (stopped.isPresent()) {
                return stopped;
            }
            start = end;
        }
        return Optional.empty();
    }

    /// More than a tenth, if that is more than a few; or more than half; or all.
    private static boolean isMuch(long going, long before) {
        return going > FEW && going * 10 > before || going * 2 > before || going >= before;
    }

    private CardSeries series(PushRow row, CardLease lease, Author author) {
        return new CardSeries(writer, rest, lease, row.office(), author, 0, row.number(),
                (transaction, number, piece) -> row.count(transaction.statements(), number, piece));
    }

    /// Pieces that changed nothing were written nowhere.
    private void countUnchanged(PushRow row, CardSeries series) throws SQLException {
        var unchanged = series.untold();
        if (unchanged > 0) {
            writer.write(transaction -> {
                row.count(transaction.statements(), Math.max(row.number(), series.number()), new CardTally(0, 0, unchanged, 0));
                return row;
            });
        }
    }

    /// What is done with a push while no other request can.
    private interface Work {
        CardsResult on(PushRow row, CardLease lease, long version) throws SQLException, IOException;
    }

    private CardsResult underLease(OfficeId office, String push, Author author, Work work) throws SQLException, IOException {
        return switch (CardLease.take(writer, office, author, CardLease.Purpose.PUSH)) {
            case CardLease.NotTaken(var why) -> why;
            case CardLease.Taken(var lease, var version) -> {
                try (lease) {
                    var row = find(office, push, author);
                    yield row.isPresent() ? work.on(row.get(), lease, version) : new CardsResult.Missing();
                }
            }
        };
    }

    /// Empty when there is none, it is another's, or it has ended.
    private Optional<PushRow> find(OfficeId office, String push, Author author) throws SQLException {
        return writer.database()
                .reading(statements -> PushRow.read(statements, office))
                .filter(row -> row.id().equals(push) && row.app().equals(author.actor()) && row.isAlive(writer.time().instant()));
    }
}
