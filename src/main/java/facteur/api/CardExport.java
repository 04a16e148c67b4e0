package facteur.api;

import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.json.JsonValue;
import facteur.settings.RelationsCsvWriter;
import facteur.store.CardFilter;
import facteur.store.CardStore;
import facteur.store.StoredCard;
import facteur.web.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Cards as a file. They are read in pieces while they are sent, so that neither memory nor a connection of the database is held for
/// as long as the peer takes: a card that changes meanwhile may be there as before or as after. One thread.
record CardExport(CardStore store, Roles roles, OfficeId office, CardFilter filter) {
    static final String CSV = "text/csv";
    static final String NDJSON = "application/x-ndjson";
    private static final int PIECE = 1_000;

    @FunctionalInterface
    private interface Sink {
        void write(StoredCard card) throws IOException;
    }

    /// @param form of the two
    Answer answer(String form, Optional<RelationId> after, Optional<Long> limit) throws SQLException {
        // Before the answer begins: a database that is away is still told.
        var first = piece(after, limit);
        return form.equals(CSV)
                ? Answer.written(200, CSV + "; charset=utf-8; header=present", out -> csv(out, first, limit))
                : Answer.written(200, NDJSON, out -> lines(out, first, limit));
    }

    private List<StoredCard> piece(Optional<RelationId> after, Optional<Long> limit) throws SQLException {
        return store.cards(office, filter, after, limit.map(Math::toIntExact).orElse(PIECE));
    }

    private void csv(OutputStream out, List<StoredCard> first, Optional<Long> limit) throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        var csv = new RelationsCsvWriter(text, roles, RelationsCsvWriter.NameColumn.PRESENT, RelationsCsvWriter.Reader.PROGRAM);
        each(first, limit, card -> csv.write(card.relation(), new RelationCard(card.people(), card.name())));
        csv.close();
    }

    private void lines(OutputStream out, List<StoredCard> first, Optional<Long> limit) throws IOException {
        each(first, limit, card -> {
            var members = new LinkedHashMap<String, JsonValue>();
            members.put("relation", JsonValue.of(card.relation().text()));
            members.putAll(Cards.members(card, roles));
            out.write((new JsonValue.Members(members) + "\n").getBytes(StandardCharsets.UTF_8));
        });
    }

    private void each(List<StoredCard> first, Optional<Long> limit, Sink sink) throws IOException {
        var piece = first;
        while (!piece.isEmpty()) {
            for (var card : piece) {
                sink.write(card);
            }
            if (limit.isPresent() || piece.size() < PIECE) {
                return;
            }
            try {
                piece = piece(Optional.of(piece.getLast().relation()), limit);
            } catch (SQLException e) {
                throw new IOException("the database is away in the middle of a list", e);
            }
        }
    }
}
