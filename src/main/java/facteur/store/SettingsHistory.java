package facteur.store;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.database.Statements;
import facteur.platform.json.JsonPatch;
import facteur.platform.json.JsonValue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Every version of an office's settings and cards: who changed what, and back again.
///
/// Thread-safe; blocks for the database. An [SQLException] means that it is away.
public final class SettingsHistory {
    private static final String CARDS =
            "select relation, before, after from card_change where office = ? and number = ? and relation > ? order by relation limit ?";

    private static final String COUNTS =
            """
            select coalesce(sum(case when before = '' then 1 else 0 end), 0),
                   coalesce(sum(case when before <> '' and after <> '' then 1 else 0 end), 0),
                   coalesce(sum(case when after = '' then 1 else 0 end), 0)
            from card_change where office = ? and number = ? and before <> after""";

    private final StoreWriter writer;
    private final SettingsStore settings;

    SettingsHistory(StoreWriter writer, SettingsStore settings) {
        this.writer = writer;
        this.settings = settings;
    }

    /// The newest first; also of an office that was removed. None when there never was one.
    ///
    /// @param before those below this number: the last one of the page before
    public List<Version> versions(OfficeId office, OptionalLong before, int limit) throws SQLException {
        return writer.database().reading(statements -> ChangeRows.page(statements, office, before.orElse(Long.MAX_VALUE), limit));
    }

    /// Empty when there is no such version, or it is no longer kept.
    public Optional<VersionDetail> version(OfficeId office, long number) throws SQLException {
        return writer.database().reading(statements -> {
            var version = ChangeRows.one(statements, office, number);
            var texts = ChangeRows.texts(statements, office, number);
            return version.isEmpty() || texts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new VersionDetail(
                            version.get(), json(texts.get().before(), office), json(texts.get().after(), office)));
        });
    }

    /// What a version did to cards, in the order of their ids.
    ///
    /// @param after the last one of the page before
    public List<CardChange> cards(OfficeId office, long number, Optional<RelationId> after, int limit) throws SQLException {
        var rows = writer.database().reading(statements -> statements.list(
                CARDS,
                row -> List.of(row.getString("relation"), row.getString("before"), row.getString("after")),
                office.text(),
                number,
                after.map(RelationId::text).orElse(""),
                limit));
        var changes = new ArrayList<CardChange>(rows.size());
        for (var row : rows) {
            changes.add(new CardChange(new RelationId(row.get(0)), json(row.get(1), office), json(row.get(2), office)));
        }
        return changes;
    }

    /// None when the version did nothing to cards, or that is no longer kept.
    public CardChangeCounts cardCounts(OfficeId office, long number) throws SQLException {
        return writer.database()
                .reading(statements -> statements.first(
                        COUNTS, row -> new CardChangeCounts(row.getLong(1), row.getLong(2), row.getLong(3)), office.text(), number))
                .orElse(new CardChangeCounts(0, 0, 0));
    }

    /// The cards of a version that are not as they were before it: after it was taken back, those that were left alone.
    ///
    /// @param limit how many are looked for
    public List<RelationId> cardsLeft(OfficeId office, long number, int limit) throws SQLException {
        return new CardUndo(writer).left(office, number, limit);
    }

    /// From the settings as of one version to those as of another, as JSON Patch (RFC 6902); those of an office that was
    /// removed are `null`. Empty when one of them is not known.
    public Optional<JsonValue> diff(OfficeId office, long from, long to) throws SQLException {
        return writer.database().reading(statements -> {
            var before = settingsAt(statements, office, from);
            var after = settingsAt(statements, office, to);
            return before.isEmpty() || after.isEmpty() ? Optional.empty() : Optional.of(JsonPatch.between(before.get(), after.get()));
        });
    }

    /// The settings as of a version, also of one that changed cards alone; `null` when there were none. Empty when it is not known.
    public Optional<JsonValue> settingsAt(OfficeId office, long number) throws SQLException {
        return writer.database().reading(statements -> settingsAt(statements, office, number));
    }

    private static Optional<JsonValue> settingsAt(Statements statements, OfficeId office, long number) throws SQLException {
        var newest = OfficeRow.read(statements, office).map(OfficeRow::version).orElse(0L);
        if (number < 1 || number > newest) {
            return Optional.empty();
        }
        var text = ChangeRows.settingsAt(statements, office, number);
        return text.isEmpty() ? Optional.empty() : Optional.of(json(text.get(), office).orElse(JsonValue.NULL));
    }

    private static Optional<JsonValue> json(String text, OfficeId office) throws SQLException {
        return text.isEmpty() ? Optional.empty() : Optional.of(SettingsText.read(text, office));
    }

    /// Writes the settings of a version as a new one. A [ChangeResult.Conflict] `no-settings` when the version has none, `erased`
    /// when a person was erased from them.
    public ChangeResult restore(OfficeId office, long number, Author author) throws SQLException {
        var texts = writer.database().reading(statements -> ChangeRows.texts(statements, office, number));
        if (texts.isEmpty()) {
            return new ChangeResult.Missing();
        }
        var wanted = json(texts.get().after(), office);
        if (wanted.isEmpty()) {
            return new ChangeResult.Conflict("no-settings", "version " + number + " has no settings to restore");
        }
        if (ErasedText.isErased(texts.get().after())) {
            return erased(number);
        }
        var undoes = writer.database().reading(statements -> ChangeRows.next(statements, office, number));
        return settings.change(office, _ -> wanted, new Precondition.None(), author, undoes);
    }

    /// It would be saved with an address that stands for none.
    static ChangeResult.Conflict erased(long number) {
        return new ChangeResult.Conflict(
                "erased",
                "a person was erased from version " + number + ", so what it held can't be brought back: change the present settings or cards");
    }

    /// Takes a version back. Of settings: the ones before are restored, and only the newest can be taken back. Of cards: each
    /// that still is as the version left it.
    public UndoResult undo(OfficeId office, long number, Author author) throws SQLException {
        var detail = version(office, number);
        if (detail.isEmpty()) {
            return new UndoResult.NotUndone(new ChangeResult.Missing());
        }
        return switch (detail.get().version().kind()) {
            case SETTINGS, REMOVED -> undoSettings(office, detail.get(), author);
            case CARDS -> new CardUndo(writer).run(office, detail.get().version(), author);
        };
    }

    private UndoResult undoSettings(OfficeId office, VersionDetail detail, Author author) throws SQLException {
        var number = detail.version().number();
        if (detail.before().isEmpty()) {
            return new UndoResult.NotUndone(new ChangeResult.Conflict("no-settings", "there were no settings before version " + number));
        }
        if (ErasedText.isErased(detail.before().get().toString())) {
            return new UndoResult.NotUndone(erased(number));
        }
        var result = settings.change(office, _ -> detail.before(), new Precondition.AtVersion(number), author, number);
        return switch (result) {
            case ChangeResult.Changed(var version, var warnings) -> new UndoResult.Undone(version, 0, List.of(), warnings);
            case ChangeResult.Stale(var version, _, _) -> new UndoResult.NotUndone(new ChangeResult.Conflict(
                    "not-newest", "version " + version + " has changed the settings since"));
            case ChangeResult.Unchanged _, ChangeResult.Invalid _, ChangeResult.Missing _, ChangeResult.Conflict _ ->
                new UndoResult.NotUndone(result);
        };
    }
}
