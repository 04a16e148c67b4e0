package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.act.Act;
import facteur.act.Acts;
import facteur.fixture.MigratedDatabase;
import facteur.mail.letter.QueueId;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueMovesTest {
    private static final QueueMove.Selection EVERYTHING = new QueueMove.Selection.Fitting(QueueFilter.ALL);

    private final Letters letters = new Letters();

    @TempDir
    private Path state;

    private StateFolder folder;
    private Database database;
    private SqlSpool spool;
    private QueueMoves moves;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(state);
        database = MigratedDatabase.open(state);
        spool = SqlSpool.open(folder, database, 0, () -> NOON, _ -> {});
        moves = new QueueMoves(database, state, () -> NOON);
    }

    @AfterEach
    void close() {
        moves.close();
        spool.close();
        database.close();
        folder.close();
    }

    private List<QueueId> deferred(int number) throws Exception {
        var ids = new ArrayList<QueueId>();
        for (var i = 0; i < number; i++) {
            var letter = letters.letter();
            Letters.defer(spool, letter, NOON.plusSeconds(60));
            ids.add(letter.id());
        }
        return ids;
    }

    private QueueMove begin(QueueAct act, QueueMove.Selection selection) throws SpoolException {
        var move = moves.begin(act, selection, "login=jan", "queue " + act.word() + " --all");
        await().until(() -> move.progress().isEnded());
        return move;
    }

    @Test
    void movesManyInPiecesAndRecordsItAsTheCommandDoes() throws Exception {
        var ids = deferred(450);
        var move = begin(QueueAct.HOLD, EVERYTHING);
        assertThat(move.progress().total()).isEqualTo(450);
        assertThat(move.progress().counts()).isEqualTo(Map.of(MoveResult.HELD, 450L));
        assertThat(move.progress().trouble()).isEmpty();
        assertThat(new Acts(database, () -> NOON).latest(Optional.empty(), 9))
                .containsExactly(new Act(NOON, "login=jan", "queue hold --all", 450, ids.stream().map(QueueId::text).sorted().limit(20).toList()));
    }

    @Test
    void takesBackWhatItDidOnce() throws Exception {
        var ids = deferred(3);
        var held = begin(QueueAct.HOLD, new QueueMove.Selection.Named(ids.subList(0, 2)));
        assertThat(held.isUndoable()).isTrue();
        var undone = moves.undo(held, "login=an").orElseThrow();
        await().until(() -> undone.progress().isEnded());
        assertThat(undone.act()).isEqualTo(QueueAct.RELEASE);
        assertThat(undone.operator()).isEqualTo("login=an");
        assertThat(undone.progress().counts()).isEqualTo(Map.of(MoveResult.RELEASED, 2L));
        assertThat(held.isUndoable()).isFalse();
        assertThat(moves.undo(held, "login=an")).isEmpty();
    }

    @Test
    void leavesWhatWasSoBeforeAloneWhenItIsTakenBack() throws Exception {
        var ids = deferred(2);
        var first = begin(QueueAct.HOLD, new QueueMove.Selection.Named(ids.subList(0, 1)));
        var second = begin(QueueAct.HOLD, new QueueMove.Selection.Named(ids));
        assertThat(second.progress().counts()).isEqualTo(Map.of(MoveResult.HELD, 1L, MoveResult.UNCHANGED, 1L));
        var undone = moves.undo(second, "login=an").orElseThrow();
        assertThat(undone.progress().total()).isEqualTo(1);
        assertThat(first.isUndoable()).isTrue();
    }

    @Test
    void canNotTakeBackARemoval() throws Exception {
        var ids = deferred(1);
        var removed = begin(QueueAct.REMOVE, new QueueMove.Selection.Named(ids));
        assertThat(removed.progress().changed()).isEqualTo(1);
        assertThat(removed.isUndoable()).isFalse();
        assertThat(moves.undo(removed, "login=an")).isEmpty();
    }

    @Test
    void remembersTheLastFew() throws Exception {
        var first = begin(QueueAct.RETRY, EVERYTHING);
        assertThat(moves.find(first.id())).contains(first);
        for (var i = 0; i < 20; i++) {
            var _ = begin(QueueAct.RETRY, EVERYTHING);
        }
        assertThat(moves.find(first.id())).isEmpty();
        assertThat(moves.latest()).hasSize(20);
    }

    /// What was moved by then stays moved, and is recorded.
    @Test
    void endsBetweenTwoPiecesWhenItIsClosed() throws Exception {
        var _ = deferred(450);
        var impatient = new QueueMoves(database, state, () -> NOON, Duration.ZERO);
        var move = impatient.begin(QueueAct.HOLD, EVERYTHING, "login=jan", "queue hold --all");
        impatient.close();
        assertThat(move.progress().isEnded()).isTrue();
        assertThat(move.progress().trouble()).contains("facteur was stopped");
        assertThat(move.progress().changed()).isPositive().isLessThan(450);
        assertThat(new Acts(database, () -> NOON).latest(Optional.empty(), 9).getFirst().letters())
                .isEqualTo(move.progress().changed());
    }
}
