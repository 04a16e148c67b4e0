package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What was, and how it comes back.
abstract class SettingsHistoryContract extends StoreRig {
    private static final OptionalLong NEWEST = OptionalLong.empty();

    @Test
    void listsTheNewestFirst() throws SQLException {
        put(A);
        settings.put(DUPONT, B, ANY, ROOT);
        settings.remove(DUPONT, ANY, JAN);
        assertThat(history.versions(DUPONT, NEWEST, 2)).extracting(Version::number, Version::kind).containsExactly(
                tuple(3L, ChangeKind.REMOVED), tuple(2L, ChangeKind.SETTINGS));
        assertThat(history.versions(DUPONT, OptionalLong.of(2), 2)).extracting(Version::author).containsExactly(JAN);
        assertThat(history.versions(DURAND, NEWEST, 2)).isEmpty();
        assertThat(history.version(DUPONT, 1).orElseThrow()).extracting(VersionDetail::before, VersionDetail::after)
                .containsExactly(Optional.empty(), Optional.of(A));
        assertThat(history.version(DUPONT, 3).orElseThrow()).extracting(VersionDetail::before, VersionDetail::after)
                .containsExactly(Optional.of(B), Optional.empty());
    }

    @Test
    void comparesAnyTwoVersions() throws SQLException {
        put(A);
        put(B);
        settings.remove(DUPONT, ANY, JAN);
        assertThat(history.diff(DUPONT, 1, 2)).hasValue(json("[{'op': 'add', 'path': '/reply-to', 'value': 'sender'}]"));
        assertThat(history.diff(DUPONT, 2, 1)).hasValue(json("[{'op': 'remove', 'path': '/reply-to'}]"));
        assertThat(history.diff(DUPONT, 2, 3)).hasValue(json("[{'op': 'replace', 'path': '', 'value': null}]"));
        assertThat(history.diff(DUPONT, 2, 2)).hasValue(json("[]"));
        for (var unknown : List.of(0L, -1L, 4L, Long.MAX_VALUE)) {
            assertThat(history.diff(DUPONT, unknown, 1)).isEmpty();
            assertThat(history.diff(DUPONT, 1, unknown)).isEmpty();
        }
    }

    @Test
    void knowsTheSettingsOfAVersionThatIsNoLongerKept() throws SQLException {
        put(A);
        put(B);
        database.inTransaction(statements -> statements.update("delete from office_change where number = 1"));
        assertThat(history.diff(DUPONT, 1, 2)).hasValue(json("[{'op': 'add', 'path': '/reply-to', 'value': 'sender'}]"));
        assertThat(history.restore(DUPONT, 1, JAN)).isInstanceOf(ChangeResult.Missing.class);
    }

    @Test
    void restoresAsANewVersion() throws SQLException {
        put(A);
        put(B);
        assertThat(history.restore(DUPONT, 2, JAN)).isEqualTo(new ChangeResult.Unchanged(2, List.of()));
        assertThat(history.restore(DUPONT, 1, JAN)).isEqualTo(new ChangeResult.Changed(3, List.of()));
        assertSettings(A.toString());
        assertThat(history.versions(DUPONT, NEWEST, 1).getFirst().undoes()).isEqualTo(2);
        settings.remove(DUPONT, ANY, JAN);
        assertThat(history.restore(DUPONT, 4, JAN)).isInstanceOfSatisfying(
                ChangeResult.Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo("no-settings"));
        assertThat(history.restore(DUPONT, 2, JAN)).isEqualTo(new ChangeResult.Changed(5, List.of()));
        assertThat(history.restore(DUPONT, 9, JAN)).isInstanceOf(ChangeResult.Missing.class);
    }

    @Test
    void undoesTheNewestChangeOfSettingsAndNoOther() throws SQLException {
        put(A);
        assertConflict("no-settings", history.undo(DUPONT, 1, JAN));
        put(B);
        assertThat(history.undo(DUPONT, 2, JAN)).isEqualTo(new UndoResult.Undone(3, 0, List.of(), List.of()));
        assertSettings(A.toString());
        assertThat(history.versions(DUPONT, NEWEST, 1).getFirst().undoes()).isEqualTo(2);
        assertConflict("not-newest", history.undo(DUPONT, 2, JAN));
        assertThat(history.undo(DUPONT, 3, JAN)).isEqualTo(new UndoResult.Undone(4, 0, List.of(), List.of()));
        assertSettings(B.toString());
        settings.remove(DUPONT, ANY, JAN);
        assertThat(history.undo(DUPONT, 5, JAN)).isEqualTo(new UndoResult.Undone(6, 0, List.of(), List.of()));
        assertSettings(B.toString());
    }

    private static void assertConflict(String code, UndoResult result) {
        assertThat(result).isInstanceOfSatisfying(UndoResult.NotUndone.class, not -> assertThat(not.why())
                .isInstanceOfSatisfying(ChangeResult.Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo(code)));
    }

    /// Nothing of another office comes through a number of this one.
    @Test
    void aNumberReachesNoOtherOffice() throws SQLException {
        put(A);
        put(B);
        settings.put(DURAND, json("{'company': 'Durand <d@durand.example>'}"), ANY, JAN);
        assertThat(history.version(DURAND, 2)).isEmpty();
        assertThat(history.restore(DURAND, 2, JAN)).isInstanceOf(ChangeResult.Missing.class);
        assertThat(history.undo(DURAND, 2, JAN)).isEqualTo(new UndoResult.NotUndone(new ChangeResult.Missing()));
        assertThat(history.diff(DURAND, 1, 2)).isEmpty();
        assertThat(history.cards(DURAND, 2, Optional.empty(), 10)).isEmpty();
        assertThat(history.versions(DURAND, NEWEST, 10)).hasSize(1);
        assertThat(settings.put(DURAND, A, new Precondition.AtVersion(2), JAN)).isInstanceOf(ChangeResult.Stale.class);
    }
}
