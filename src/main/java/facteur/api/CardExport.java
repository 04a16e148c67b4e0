package facteur.api;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.json.JsonValue;
import facteur.settings.RelationsCsvWriter;
import facteur.store.CardFilter;
import facteur.store.CardListing;
import facteur.store.CardStore;
import facteur.web.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Cards as a file. One thread.
record CardExport(CardStore store, Roles roles, OfficeId office, CardFilter filter) {
    static final String CSV = "text/csv";
    static final String NDJSON = "application/x-ndjson";

    /// @param form of the two
    Answer answer(String form, Optional<RelationId> after, Optional<Long> limit) throws SQLException {
        var cards = new CardListing(store, office, filter, after, limit.map(Math::toIntExact));
        return form.equals(CSV)
                ? Answer.written(
                        200, CSV + "; charset=utf-8; header=present", out -> cards.writeTo(out, roles, RelationsCsvWriter.Reader.PROGRAM))
                : Answer.written(200, NDJSON, out -> lines(out, cards));
    }

    private void lines(OutputStream out, CardListing cards) throws IOException {
        cards.each(card -> {
            var members = new LinkedHashMap<String, JsonValue>();
            members.put("relation", JsonValue.of(card.relation().text()));
            members.putAll(Cards.members(card, roles));
            out.write((new JsonValue.Members(members) + "\n").getBytes(StandardCharsets.UTF_8));
        });
    }
}
