package facteur.store;

import facteur.office.OfficeId;
import facteur.office.Roles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Many cards of one office in one request: a body of up to 100,000 lines, in a file. Every line is looked at before one is
/// written; then they are written in pieces, as one version.
///
/// Thread-safe; blocks for the database. An [SQLException] means that it is away, an [IOException] that the file can't be read.
public final class CardImport {
    /// That a body may have.
    public static final int LINES = 100_000;

    /// What a line is to a card that is there.
    public enum Mode {
        /// It changes what it names.
        MERGE,
        /// It is the card.
        REPLACE
    }

    /// What bad lines mean for the others.
    public enum OnError {
        REFUSE,
        SKIP
    }

    public enum Format {
        /// A JSON object per line.
        NDJSON,
        /// A line of names, then a line per card.
        CSV
    }

    public record Options(Format format, Mode mode, OnError onError) {}

    /// What is done with a piece of the cards.
    private interface PieceWork {
        /// @return why to stop
        Optional<CardsResult> on(List<CardEdit> piece) throws SQLException;
    }

    /// What problems call the body.
    private static final String ORIGIN = "body";

    private final StoreWriter writer;
    private final Supplier<Roles> roles;
    private final CardSeries.Rest rest;

    CardImport(StoreWriter writer, Supplier<Roles> roles, CardSeries.Rest rest) {
        this.writer = writer;
        this.roles = roles;
        this.rest = rest;
    }

    /// @param body read twice, and not changed meanwhile
    public CardsResult run(OfficeId office, Path body, Options options, Author author) throws SQLException, IOException {
        var listed = roles.get();
        var scan = scan(body, options, listed);
        var refusal = refusal(scan, options);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (CardLease.take(writer, office, author, CardLease.Purpose.PUSH)) {
            case CardLease.NotTaken(var why) -> why;
            case CardLease.Taken(var lease, var version) -> {
                try (lease) {
                    var series = new CardSeries(writer, rest, lease, office, author, 0, 0, CardSeries.Progress.NONE);
                    var stopped = write(body, options, listed, scan, series);
                    series.tell();
                    yield stopped.orElseGet(() -> written(scan, series.tally(), Math.max(version, series.number())));
                }
            }
        };
    }

    /// What [#run] would do, and which cards the body says nothing of; writes nothing.
    public CardPlan plan(OfficeId office, Path body, Options options) throws SQLException, IOException {
        var listed = roles.get();
        var scan = scan(body, options, listed);
        var refusal = refusal(scan, options);
        if (refusal.isPresent()) {
            return new CardPlan.Unknown(refusal.get());
        }
        var row = writer.database().reading(statements -> OfficeRow.read(statements, office)).filter(found -> !found.isRemoved());
        if (row.isEmpty()) {
            return new CardPlan.Unknown(new CardsResult.Missing());
        }
        var tally = new CardTally[] {CardTally.ZERO};
        var stopped = pieces(body, options, listed, scan, () -> CardRow.PIECE, piece -> {
            var present = writer.database().reading(statements -> CardRow.read(statements, office, piece));
            tally[0] = tally[0].plus(CardTally.of(piece.size(), CardDifference.of(piece, present)));
            return Optional.empty();
        });
        if (stopped.isPresent()) {
            return new CardPlan.Unknown(stopped.get());
        }
        return new CardPlan.Known(
                tally[0].counts(row.get().version(), scan.badLines(), scan.problems().list()),
                CardRelations.without(writer.database(), office, scan.named()).size(),
                scan.extent() == CardScan.Extent.VAGUE);
    }

    CardScan scan(Path body, Options options, Roles listed) throws IOException {
        try (var lines = CardBody.open(body, options.format(), ORIGIN, listed)) {
            return CardScan.of(lines, ORIGIN, LINES);
        }
    }

    /// Why nothing is to be written.
    static Optional<CardsResult> refusal(CardScan scan, Options options) {
        return switch (scan.extent()) {
            case TOO_MANY -> Optional.of(new CardsResult.TooMany(LINES));
            case UNREADABLE -> Optional.of(refused(scan));
            case WHOLE, VAGUE -> switch (options.onError()) {
                case REFUSE -> scan.problems().isEmpty() ? Optional.empty() : Optional.of(refused(scan));
                case SKIP -> Optional.empty();
            };
        };
    }

    private static CardsResult refused(CardScan scan) {
        return new CardsResult.Refused(scan.problems().count(), scan.problems().list());
    }

    static CardsResult written(CardScan scan, CardTally tally, long version) {
        return new CardsResult.Written(tally.counts(version, scan.badLines(), scan.problems().list()));
    }

    /// Writes what a scan has found to be good.
    ///
    /// @return why it stopped before the end
    Optional<CardsResult> write(Path body, Options options, Roles listed, CardScan scan, CardSeries series)
            throws SQLException, IOException {
        return pieces(body, options, listed, scan, series::size, series::write);
    }

    private static Optional<CardsResult> pieces(
            Path body, Options options, Roles listed, CardScan scan, IntSupplier size, PieceWork work)
            throws SQLException, IOException {
        try (var lines = CardBody.open(body, options.format(), ORIGIN, listed)) {
            var piece = new ArrayList<CardEdit>();
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                if (line.get() instanceof CardLine.Card(_, var input) && !scan.twice().contains(input.relation().composed())) {
                    piece.add(input.edit(options.mode(), listed));
                }
                if (piece.size() >= size.getAsInt()) {
                    var stopped = work.on(List.copyOf(piece));
                    if (stopped.isPresent()) {
                        return stopped;
                    }
                    piece.clear();
                }
            }
            return piece.isEmpty() ? Optional.empty() : work.on(List.copyOf(piece));
        }
    }
}
