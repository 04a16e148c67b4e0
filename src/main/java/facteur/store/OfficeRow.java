package facteur.store;

import facteur.office.OfficeId;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// A row of the table `office`.
///
/// @param settings as JSON; empty when the office was removed
record OfficeRow(OfficeId id, long version, long settingsAt, String settings, String cardsKeptBy, Instant changedAt) {
    private static final String COLUMNS = "id, version, settings_at, settings, cards_kept_by, changed_at";
    private static final String READ = "select " + COLUMNS + " from office where id = ?";
    private static final String INSERT =
            """
            insert into office (id, version, settings_at, settings, cards_kept_by, changed_at) values (?, ?, ?, ?, ?, ?)
            on conflict (id) do nothing""";
    private static final String UPDATE =
            "update office set version = ?, settings_at = ?, settings = ?, cards_kept_by = ?, changed_at = ? where id = ?";

    boolean isRemoved() {
        return settings.isEmpty();
    }

    /// What letters that are decided by these settings remember.
    String versionName() {
        return "v" + settingsAt;
    }

    /// What problems call these settings.
    String place() {
        return "office " + id + " " + versionName();
    }

    static OfficeRow of(ResultSet row) throws SQLException {
        return new OfficeRow(
                new OfficeId(row.getString("id")),
                row.getLong("version"),
                row.getLong("settings_at"),
                row.getString("settings"),
                row.getString("cards_kept_by"),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    static Optional<OfficeRow> read(Statements statements, OfficeId office) throws SQLException {
        return statements.first(READ, OfficeRow::of, office.text());
    }

    /// The same, and no other transaction changes the office before this one ends.
    static Optional<OfficeRow> lock(StoreTransaction transaction, String lock, OfficeId office) throws SQLException {
        return transaction.statements().first(READ + lock, OfficeRow::of, office.text());
    }

    /// Of an office that never was.
    static OfficeRow none(OfficeId office) {
        return new OfficeRow(office, 0, 0, "", "", Instant.EPOCH);
    }

    OfficeRow withSettings(long number, String text, Instant now) {
        return new OfficeRow(id, number, number, text, cardsKeptBy, now);
    }

    OfficeRow withCardsChanged(long number, Instant now) {
        return new OfficeRow(id, number, settingsAt, settings, cardsKeptBy, now);
    }

    OfficeRow withCardsKeptBy(String app) {
        return new OfficeRow(id, version, settingsAt, settings, app, changedAt);
    }

    /// @return false when another transaction has just made it
    boolean insert(Statements statements) throws SQLException {
        return statements.update(INSERT, id.text(), version, settingsAt, settings, cardsKeptBy, changedAt.toEpochMilli()) == 1;
    }

    /// To be called with the row locked.
    void update(Statements statements) throws SQLException {
        statements.update(UPDATE, version, settingsAt, settings, cardsKeptBy, changedAt.toEpochMilli(), id.text());
    }
}
