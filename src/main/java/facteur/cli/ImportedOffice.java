package facteur.cli;

import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.json.JsonPatch;
import facteur.platform.json.JsonValue;
import facteur.settings.WrittenOffice;
import facteur.store.StoredOffice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an import changes in one office. Immutable.
///
/// @param stored as it is kept; empty for a new office
record ImportedOffice(WrittenOffice written, Optional<StoredOffice> stored, ImportedCards cards) {
    /// Where there is no office at all.
    static ImportedOffice intoNothing(WrittenOffice written, Roles roles) {
        var cards = written.cards().map(all -> ImportedCards.between(Map.of(), all, roles)).orElseGet(() -> ImportedCards.none(0));
        return new ImportedOffice(written, Optional.empty(), cards);
    }

    OfficeId id() {
        return written.id();
    }

    boolean changesSettings() {
        return stored.filter(office -> office.settings().equals(written.settings())).isEmpty();
    }

    /// How the settings fare, in a word.
    String word() {
        return stored.isEmpty() ? "new" : changesSettings() ? "changed" : "unchanged";
    }

    private JsonValue before() {
        return stored.map(StoredOffice::settings).orElse(JsonValue.Members.NONE);
    }

    /// For people, on a line.
    @Override
    public String toString() {
        return id() + "  settings: " + word() + (written.cards().isEmpty() ? "" : "; cards: " + cards);
    }

    /// What differs in the settings, for people.
    List<String> difference() {
        var lines = new ArrayList<String>();
        KeyDifference.between(before(), written.settings()).forEach(line -> lines.add("  " + line));
        return lines;
    }

    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", id());
        members.put("settings", word());
        members.put("diff", JsonPatch.between(before(), written.settings()));
        var counts = new LinkedHashMap<String, Object>();
        counts.put("created", cards.created().size());
        counts.put("changed", cards.changed().size());
        counts.put("unchanged", cards.unchanged());
        counts.put("deleted", cards.deleted().size());
        members.put("cards", counts);
        return members;
    }
}
