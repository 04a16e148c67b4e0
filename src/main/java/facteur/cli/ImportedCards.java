package facteur.cli;

import facteur.mail.message.Mailbox;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What an import changes in the cards of an office. Immutable.
///
/// @param total how many there are now
/// @param created those that are new
/// @param changed those that become others
/// @param deleted those that the files don't have
/// @param unchanged how many stay as they are
record ImportedCards(
        int total,
        SequencedMap<RelationId, RelationCard> created,
        SequencedMap<RelationId, RelationCard> changed,
        List<RelationId> deleted,
        int unchanged) {
    /// As many may go without a question, if they are no tenth of all.
    private static final int FEW = 20;

    static ImportedCards none(int total) {
        return new ImportedCards(total, new LinkedHashMap<>(), new LinkedHashMap<>(), List.of(), total);
    }

    /// @param roles that count: a stored card may have others, which are no longer configured
    static ImportedCards between(Map<RelationId, RelationCard> stored, Map<RelationId, RelationCard> written, Roles roles) {
        var created = new LinkedHashMap<RelationId, RelationCard>();
        var changed = new LinkedHashMap<RelationId, RelationCard>();
        var unchanged = 0;
        for (var card : written.entrySet()) {
            var before = stored.get(card.getKey());
            if (before == null) {
                created.put(card.getKey(), card.getValue());
            } else if (!isSame(before, card.getValue(), roles)) {
                changed.put(card.getKey(), card.getValue());
            } else {
                unchanged++;
            }
        }
        var deleted = stored.keySet().stream().filter(relation -> !written.containsKey(relation)).toList();
        return new ImportedCards(stored.size(), created, changed, deleted, unchanged);
    }

    private static boolean isSame(RelationCard one, RelationCard other, Roles roles) {
        return one.name().equals(other.name()) && roles.list().stream().allMatch(role -> one.people(role).equals(other.people(role)));
    }

    boolean isEmpty() {
        return created.isEmpty() && changed.isEmpty() && deleted.isEmpty();
    }

    /// Whether so many would go that it may be a mistake, such as half a file.
    boolean losesMany() {
        var gone = deleted.size();
        return gone > 0 && (gone > FEW && gone > total / 10 || gone > total / 2);
    }

    /// A line for each change, as `POST relations?mode=replace` of the API takes them.
    List<String> lines(Roles roles) {
        var lines = new ArrayList<String>();
        created.forEach((relation, card) -> lines.add(line(relation, card, roles)));
        changed.forEach((relation, card) -> lines.add(line(relation, card, roles)));
        deleted.forEach(relation -> lines.add(
                JsonValue.Members.NONE.with("relation", JsonValue.of(relation.text())).with("delete", new JsonValue.Bool(true)).toString()));
        return lines;
    }

    private static String line(RelationId relation, RelationCard card, Roles roles) {
        var line = JsonValue.Members.NONE.with("relation", JsonValue.of(relation.text()));
        if (!card.name().isEmpty()) {
            line = line.with("name", JsonValue.of(card.name()));
        }
        for (Role role : roles.list()) {
            var people = card.people(role);
            if (!people.isEmpty()) {
                line = line.with(role.name(), JsonValue.ofTexts(people.stream().map(Mailbox::written).toList()));
            }
        }
        return line.toString();
    }

    /// Such as `12 new, 30 changed, 3 deleted, 1150 unchanged`.
    @Override
    public String toString() {
        return created.size() + " new, " + changed.size() + " changed, " + deleted.size() + " deleted, " + unchanged + " unchanged";
    }
}
