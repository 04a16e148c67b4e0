package facteur.store;

import facteur.office.OfficeId;
import facteur.platform.database.Database;
import facteur.platform.json.JsonValue;
import facteur.settings.OfficeReader;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The settings of offices, to be read and changed. Nothing that has a problem can be saved, by whichever door.
///
/// Thread-safe; blocks for the database. An [SQLException] means that it is away.
public final class SettingsStore {
    private final StoreWriter writer;
    private final Supplier<OfficeReader> reader;

    /// @param reader judges settings, as the configuration in force wants it
    public SettingsStore(Database database, Supplier<OfficeReader> reader, InstantSource time) {
        this(new StoreWriter(database, time), reader);
    }

    SettingsStore(StoreWriter writer, Supplier<OfficeReader> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /// In the order of their ids, removed ones among them.
    ///
    /// @param after the last one of the page before
    public List<OfficeSummary> offices(Optional<OfficeId> after, int limit) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Empty when there is none, or it was removed.
    public Optional<StoredOffice> office(OfficeId office) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Replaces the settings; makes the office when there is none, or brings it back.
    public ChangeResult put(OfficeId office, JsonValue settings, Precondition precondition, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Changes what the patch names (RFC 7396), in one step.
    public ChangeResult patch(OfficeId office, JsonValue mergePatch, Precondition precondition, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Removes the office: its letters are refused. Its history and its cards stay, and [#put] brings it back.
    public ChangeResult remove(OfficeId office, Precondition precondition, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// What [#put] would say. Changes nothing.
    public Checked check(OfficeId office, JsonValue settings) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Called after each commit of this process, before the writer gets its answer.
    public void onChange(Consumer<StoreChange> listener) {
        writer.onChange(listener);
    }
}
