package facteur.store;

import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.failure.Reason;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.settings.CardReader;
import facteur.settings.OfficeReader;
import facteur.settings.SettingsSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The store as a source of settings. What is kept has passed the rules; a newer release, or another configuration, may refuse
/// it still: then that office, or that card, is unusable and no other.
///
/// Thread-safe; blocks for the database.
public final class StoreSource implements SettingsSource {
    private static final String CARD = "select name, people, version from card where office = ? and relation = ?";

    private static final int AT_ONCE = 100;
    private static final String CARDS = "select relation, name, people, version from card where office = ? and relation in ("
            + String.join(", ", Collections.nCopies(AT_ONCE, "?")) + ")";

    private record CardRow(String name, String people, long version) {
        static CardRow of(ResultSet row) throws SQLException {
            return new CardRow(row.getString("name"), row.getString("people"), row.getLong("version"));
        }
    }

    private record NamedRow(RelationId relation, CardRow card) {
        static NamedRow of(ResultSet row) throws SQLException {
            return new NamedRow(new RelationId(row.getString("relation")), CardRow.of(row));
        }
    }

    private final Database database;
    private final Roles roles;
    private final OfficeReader officeReader;
    private final CardReader cardReader;
    private final InstantSource time;

    /// @param database stays open when this is closed
    /// @param sharedAddress the relay's own: no office may claim its domain
    /// @param roles that replies may go to
    public StoreSource(Database database, Address sharedAddress, Roles roles, InstantSource time) {
        this.database = database;
        this.roles = roles;
        this.officeReader = new OfficeReader(sharedAddress, roles);
        this.cardReader = new CardReader(roles);
        this.time = time;
    }

    @Override
    public String name() {
        return "store";
    }

    @Override
    public Lookup<OfficeSettings> office(OfficeId office) {
        try {
            var row = database.reading(statements -> OfficeRow.read(statements, office)).filter(found -> !found.isRemoved());
            return row.map(this::read).orElseGet(Lookup.Missing::new);
        } catch (SQLException away) {
            return new Lookup.Unavailable<>(Reason.of(away));
        }
    }

    private Lookup<OfficeSettings> read(OfficeRow row) {
        var problems = new Problems();
        try {
            var json = JsonReader.read(row.settings());
            return found(Judgement.read(officeReader, row.id(), json, row.versionName(), row.place(), problems), problems);
        } catch (JsonException foreign) {
            return new Lookup.Unusable<>(row.place() + ": " + foreign.getMessage());
        }
    }

    /// Composed: programs differ in whether an accent is a character of its own.
    @Override
    public RelationId form(RelationId relation) {
        return relation.composed();
    }

    @Override
    public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
        try {
            var client = form(relation);
            var row = database.reading(statements -> statements.first(CARD, CardRow::of, office.text(), client.text()));
            return row.map(card -> read(office, client, card)).orElseGet(Lookup.Missing::new);
        } catch (SQLException away) {
            return new Lookup.Unavailable<>(Reason.of(away));
        }
    }

    /// Each client's, whichever form its number was given in.
    @Override
    public Map<RelationId, Lookup<RelationCard>> relations(OfficeId office, Set<RelationId> relations) {
        var clients = relations.stream().map(this::form).distinct().limit(AT_ONCE).toList();
        // The statement has as many places always: those that are left over name the first client again.
        var values = new ArrayList<Object>(Collections.nCopies(1 + AT_ONCE, clients.isEmpty() ? "" : clients.getFirst().text()));
        values.set(0, office.text());
        for (var i = 0; i < clients.size(); i++) {
            values.set(1 + i, clients.get(i).text());
        }
        try {
            var rows = database.reading(statements -> statements.list(CARDS, NamedRow::of, values.toArray()));
            var cards = rows.stream().collect(Collectors.toMap(NamedRow::relation, row -> read(office, row.relation(), row.card())));
            return relations.stream().collect(Collectors.toMap(
                    relation -> relation, relation -> cards.getOrDefault(form(relation), new Lookup.Missing<>())));
        } catch (SQLException away) {
            var why = Reason.of(away);
            return relations.stream().collect(Collectors.toMap(relation -> relation, _ -> new Lookup.Unavailable<>(why)));
        }
    }

    @Override
    public int cardsAtOnce() {
        return AT_ONCE;
    }

    private Lookup<RelationCard> read(OfficeId office, RelationId relation, CardRow row) {
        var version = "v" + row.version();
        var place = "office " + office + ", card " + relation + " " + version;
        var problems = new Problems();
        try {
            var people = JsonReader.read(row.people()) instanceof JsonValue.Members members ? members : JsonValue.Members.NONE;
            var section = JsonDocument.read(people.with("name", JsonValue.of(row.name())), place, problems);
            var card = cardReader.read(section).withVersion(version);
            section.close();
            return found(card, problems);
        } catch (JsonException foreign) {
            return new Lookup.Unusable<>(place + ": " + foreign.getMessage());
        }
    }

    private <T> Lookup<T> found(T value, Problems problems) {
        return problems.isEmpty()
                ? new Lookup.Found<>(value, time.instant())
                : new Lookup.Unusable<>(problems.list().getFirst().toString());
    }

    /// Of cards the first of each office, and how many there are.
    @Override
    public Optional<List<Problem>> unlisted(Roles next) {
        try {
            return Optional.of(new StoredRoles(database, this::office).unlisted(roles, next));
        } catch (SQLException away) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {}
}
