package facteur.store;

import facteur.mail.letter.QueueId;
import facteur.office.OfficeId;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Up to which version each office has been told of changes. A node begins to tell with a lease and with the ids of the letters, so
/// that another that takes over after a crash knows which of them are on their way: each is sent once.
///
/// Thread-safe; blocks for the database.
public final class ToldVersions {
    private static final String UNTOLD =
            """
            select office.id as office, coalesce(told.version, 0) as version, coalesce(told.at, 0) as at,
                   case when coalesce(told.letters, '') = '' then office.settings_at else told.telling end as up_to,
                   coalesce(told.letters, '') as letters, coalesce(told.leased_until, 0) as leased_until
            from office left join settings_told told on told.office = office.id
            where office.settings_at > coalesce(told.version, 0)
            order by office.id""";
    private static final String CHANGES =
            "select " + Version.COLUMNS + ", before, after from office_change"
                    + " where office = ? and number > ? and number <= ? and kind in ('settings', 'removed') order by number limit ?";
    private static final String LAST_BEFORE =
            "select max(number) from office_change where office = ? and number < ? and kind = 'settings' having max(number) is not null";
    private static final String BASE =
            "select after from office_change where office = ? and number <= ? and kind = 'settings' order by number desc limit 1";
    private static final String ADD =
            "insert into settings_told (office, version, at) values (?, ?, 0) on conflict (office) do nothing";
    private static final String BEGIN =
            """
            update settings_told set telling = ?, letters = ?, leased_until = ?
            where office = ? and version = ? and leased_until <= ? and letters = ?""";
    private static final String END =
            """
            update settings_told set version = telling, at = ?, telling = 0, letters = '', leased_until = 0
            where office = ? and version = ? and letters = ?""";
    private static final String PASS_OVER =
            "update settings_told set version = ? where office = ? and version = ? and letters = ''";
    private static final String EDITION = "select number from settings_edition";
    private static final String STORED = "select 1 from letter where id = ?";

    private final Database database;

    public ToldVersions(Database database) {
        this.database = database;
    }

    /// Counts up with each change of any office: while it stays, no more is untold than was.
    public long edition() throws SQLException {
        return database.reading(statements -> statements.first(EDITION, row -> row.getLong(1))).orElse(0L);
    }

    /// All offices with versions that they haven't been told of, leased ones among them.
    public List<Untold> untold() throws SQLException {
        return database.reading(statements -> statements.list(UNTOLD, ToldVersions::untold));
    }

    private static Untold untold(ResultSet row) throws SQLException {
        return new Untold(
                new OfficeId(row.getString("office")),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getLong("up_to"),
                Arrays.stream(row.getString("letters").split(" ")).flatMap(id -> QueueId.parse(id).stream()).toList(),
                Instant.ofEpochMilli(row.getLong("leased_until")));
    }

    /// What it hasn't been told, the oldest first: changes of its settings.
    public List<VersionDetail> changes(Untold office, int limit) throws SQLException {
        return database.reading(
                statements -> statements.list(CHANGES, ToldVersions::detail, office.office().text(), office.version(), office.upTo(), limit));
    }

    private static VersionDetail detail(ResultSet row) throws SQLException {
        return new VersionDetail(Version.of(row), json(row.getString("before")), json(row.getString("after")));
    }

    /// Settings that are damaged say nothing, and keep no other office from being told.
    private static Optional<JsonValue> json(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(JsonReader.read(text));
        } catch (JsonException damaged) {
            return Optional.empty();
        }
    }

    /// The settings that the office has been told of last, those before a removal among them. Empty when there were none, or they are
    /// no longer kept.
    public Optional<JsonValue> base(Untold office) throws SQLException {
        return database.reading(
                statements -> statements.first(BASE, row -> json(row.getString(1)), office.office().text(), office.version()))
                .flatMap(settings -> settings);
    }

    /// The last version below this one that wrote settings: the one to restore.
    public Optional<Long> lastBefore(OfficeId office, long number) throws SQLException {
        return database.reading(statements -> statements.first(LAST_BEFORE, row -> row.getLong(1), office.text(), number));
    }

    /// Begins to tell, or goes on where another node has stopped.
    ///
    /// @param letters those that will tell it; of an office that is being told already, the same
    /// @return false when another node was faster
    public boolean begin(Untold office, List<QueueId> letters, Instant now, Instant until) throws SQLException {
        return database.inTransaction(statements -> {
            add(statements, office);
            return statements.update(
                    BEGIN,
                    office.upTo(),
                    text(letters),
                    until.toEpochMilli(),
                    office.office().text(),
                    office.version(),
                    now.toEpochMilli(),
                    text(office.letters())) == 1;
        });
    }

    /// It has been told.
    public void end(Untold office, List<QueueId> letters, Instant now) throws SQLException {
        var _ = database.inTransaction(
                statements -> statements.update(END, now.toEpochMilli(), office.office().text(), office.version(), text(letters)));
    }

    /// There is nothing in the versions that it must be told.
    public void passOver(Untold office) throws SQLException {
        var _ = database.inTransaction(statements -> {
            add(statements, office);
            return statements.update(PASS_OVER, office.upTo(), office.office().text(), office.version());
        });
    }

    private static void add(Statements statements, Untold office) throws SQLException {
        statements.update(ADD, office.office().text(), office.version());
    }

    /// Whether a letter has been stored, and may even have arrived.
    public boolean isStored(QueueId letter) throws SQLException {
        return database.reading(statements -> statements.first(STORED, _ -> true, letter.text())).orElse(false);
    }

    private static String text(List<QueueId> letters) {
        return letters.stream().map(QueueId::text).collect(Collectors.joining(" "));
    }
}
