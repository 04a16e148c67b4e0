package facteur.store;

import facteur.mail.smtp.Address;
import facteur.office.OfficeSettings;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.settings.OddSettings;
import facteur.settings.OfficeDomains;
import facteur.settings.OfficeReader;
import facteur.settings.SettingsCode;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// All offices of the store, read as letters use them: for an operator who wants to know what the rules of this release, and of
/// this configuration, make of them. For one thread.
public final class StoredOffices {
    private static final int PAGE = 100;
    private static final String PAGE_AFTER =
            """
            select id, version, settings_at, settings, cards_kept_by, changed_at from office
            where settings <> '' and id > ? order by id limit ?""";

    private static final String CARDS_AFTER =
            """
            select c.office, c.relation, c.people from card c join office o on o.id = c.office
            where o.settings <> '' and (c.office, c.relation) > (?, ?) order by c.office, c.relation limit ?""";

    private record Card(String office, String relation, CardText text) {}

    private final Database database;
    private final OfficeReader reader;
    private final Roles roles;
    private final OfficeDomains domains;
    private final Problems problems;
    private final Set<String> fromDomains = new HashSet<>();

    /// By address: the first office that was seen with it.
    private final Map<String, String> owners = new TreeMap<>();

    /// @param roles that cards may name
    /// @param problems gets what is wrong, and what is probably a mistake
    public StoredOffices(Database database, OfficeReader reader, Roles roles, OfficeDomains domains, Problems problems) {
        this.database = database;
        this.reader = reader;
        this.roles = roles;
        this.domains = domains;
        this.problems = problems;
    }

    /// @return the domains that offices want to write under, in A-labels
    public Set<String> read() throws SQLException {
        for (var page = page(""); !page.isEmpty(); page = page(page.getLast().id().text())) {
            page.forEach(this::read);
        }
        for (var page = cards("", ""); !page.isEmpty(); page = cards(page.getLast().office(), page.getLast().relation())) {
            page.forEach(this::look);
        }
        return Set.copyOf(fromDomains);
    }

    private List<OfficeRow> page(String after) throws SQLException {
        return database.reading(statements -> statements.list(PAGE_AFTER, OfficeRow::of, after, PAGE));
    }

    private List<Card> cards(String office, String relation) throws SQLException {
        return database.reading(statements -> statements.list(
                CARDS_AFTER,
                row -> new Card(row.getString("office"), row.getString("relation"), new CardText("", row.getString("people"))),
                office,
                relation,
                10 * PAGE));
    }

    /// Letters of a client wait while its card names a role that isn't listed.
    private void look(Card card) {
        card.text().roles().keySet().stream()
                .filter(role -> roles.find(role).isEmpty())
                .forEach(role -> problems.add(new Problem(
                        "office " + card.office(), 0, "relations." + card.relation(), ProblemCode.KEY_UNKNOWN, roles.unlisted(role))));
    }

    private void read(OfficeRow row) {
        var own = new Problems();
        try {
            var settings = Judgement.read(reader, row.id(), JsonReader.read(row.settings()), row.versionName(), row.place(), own);
            if (own.isEmpty()) {
                look(row, settings);
            }
        } catch (JsonException foreign) {
            own.add(new Problem(row.place(), 0, "", ProblemCode.TEXT_UNREADABLE, String.valueOf(foreign.getMessage())));
        }
        own.list().forEach(problems::add);
        own.warnings().forEach(problems::warn);
    }

    private void look(OfficeRow row, OfficeSettings settings) {
        OddSettings.fromAddresses(settings).stream().map(Address::asciiDomain).forEach(fromDomains::add);
        OddSettings.look(settings, domains, (key, code, message) -> problems.warn(new Problem(row.place(), 0, key, code, message)));
        OddSettings.ownMailboxes(settings).forEach(mailbox -> {
            var owner = owners.putIfAbsent(mailbox.address().toString().toLowerCase(Locale.ROOT), row.id().text());
            if (owner != null && !owner.equals(row.id().text())) {
                problems.warn(new Problem(
                        row.place(), 0, "", SettingsCode.ADDRESS_OTHER_OFFICE, mailbox.address() + " is also an address of the office " + owner));
            }
        });
    }
}
