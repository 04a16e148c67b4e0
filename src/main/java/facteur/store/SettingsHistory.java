package facteur.store;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.json.JsonValue;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Every version of an office's settings and cards: who changed what, and back again.
///
/// Thread-safe; blocks for the database. An [SQLException] means that it is away.
public final class SettingsHistory {
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
        throw new UnsupportedOperationException();
    }

    /// Empty when there is no such version, or it is no longer kept.
    public Optional<VersionDetail> version(OfficeId office, long number) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// What a version did to cards, in the order of their ids.
    ///
    /// @param after the last one of the page before
    public List<CardChange> cards(OfficeId office, long number, Optional<RelationId> after, int limit) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// From the settings as of one version to those as of another, as JSON Patch (RFC 6902). Empty when one of them is not known.
    public Optional<JsonValue> diff(OfficeId office, long from, long to) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Writes the settings of a version as a new one. A [ChangeResult.Conflict] `no-settings` when the version has none.
    public ChangeResult restore(OfficeId office, long number, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Takes a version back. Of settings: the ones before are restored, and only the newest can be taken back. Of cards: each
    /// that still is as the version left it.
    public UndoResult undo(OfficeId office, long number, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
