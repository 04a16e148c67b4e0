package facteur.store;

import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.settings.RelationsCsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Cards on their way into a file. They are read in pieces while they are sent, so that neither memory nor a connection of the database is held
/// for as long as the peer takes: a card that changes meanwhile may be there as before or as after. For one thread.
public final class CardListing {
    private static final int PIECE = 1_000;

    /// Takes card by card.
    @FunctionalInterface
    public interface Sink {
        void write(StoredCard card) throws IOException;
    }

    private final CardStore store;
    private final OfficeId office;
    private final CardFilter filter;
    private final Optional<Integer> limit;
    private final List<StoredCard> first;

    /// Reads the first piece: before an answer begins, a database that is away can still be told.
    ///
    /// @param limit empty for all
    public CardListing(CardStore store, OfficeId office, CardFilter filter, Optional<RelationId> after, Optional<Integer> limit) throws SQLException {
        this.store = store;
        this.office = office;
        this.filter = filter;
        this.limit = limit;
        this.first = piece(after);
    }

    private List<StoredCard> piece(Optional<RelationId> after) throws SQLException {
        return store.cards(office, filter, after, limit.orElse(PIECE));
    }

    /// As `dupont.relations.csv` has them, with the clients' names.
    ///
    /// @param out is closed
    public void writeTo(OutputStream out, Roles roles, RelationsCsvWriter.Reader reader) throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        var csv = new RelationsCsvWriter(text, roles, RelationsCsvWriter.NameColumn.PRESENT, reader);
        each(card -> csv.write(card.relation(), new RelationCard(card.people(), card.name())));
        csv.close();
    }

    /// In the order of their ids.
    public void each(Sink sink) throws IOException {
        var piece = first;
        while (!piece.isEmpty()) {
            for (var card : piece) {
                sink.write(card);
            }
            if (limit.isPresent() || piece.size() < PIECE) {
                return;
            }
            try {
                piece = piece(Optional.of(piece.getLast().relation()));
            } catch (SQLException e) {
                throw new IOException("the database is away in the middle of a list", e);
            }
        }
    }
}
