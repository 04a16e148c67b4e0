package facteur.spool;

import facteur.act.Acts;
import facteur.mail.letter.QueueId;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Moves letters while the operator who asked for it does something else: one move at a time, in pieces, so that the database is left
/// to the letters in between. Each is recorded as the command would be. The last few are remembered, to be looked at and taken back.
///
/// Thread-safe.
public final class QueueMoves implements AutoCloseable {
    private static final int REMEMBERED = 20;

    /// A move of a few letters has ended by then, and the page that follows tells what came of it.
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final Database database;
    private final Path state;
    private final InstantSource time;
    private final Acts acts;
    private final Duration patience;
    private final Deque<QueueMove> moves = new ArrayDeque<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("queue-move-", 0).factory());
    private volatile boolean isClosed;

    /// @param state the folder where large bodies lie, on SQLite
    public QueueMoves(Database database, Path state, InstantSource time) {
        this(database, state, time, PATIENCE);
    }

    /// @param patience how long [#begin] waits for the end
    QueueMoves(Database database, Path state, InstantSource time, Duration patience) {
        this.patience = patience;
        this.database = database;
        this.state = state;
        this.time = time;
        acts = new Acts(database, time);
    }

    /// Thrown between two pieces: what was moved by then stays moved.
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Begins a move, and waits a moment for its end.
    ///
    /// @param operator who wants it
    /// @param command as `facteur` would do it
    /// @throws SpoolException when the letters can't be counted
    public QueueMove begin(QueueAct act, QueueMove.Selection selection, String operator, String command) throws SpoolException {
        var total = switch (selection) {
            case QueueMove.Selection.Named(var ids) -> ids.size();
            case QueueMove.Selection.Fitting(var filter) -> new QueueDesk(database, state, time).count(act, filter);
        };
        var move = new QueueMove(UUID.randomUUID().toString(), act, selection, operator, command, time.instant(), total);
        remember(move);
        thread.execute(() -> run(move));
        try {
            move.await(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return move;
    }

    /// Takes a move back, by the opposite one of the same letters.
    ///
    /// @return empty when that can't be done, or was
    public Optional<QueueMove> undo(QueueMove move, String operator) throws SpoolException {
        var ids = move.undo();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        var act = move.opposite().orElseThrow();
        return Optional.of(begin(act, new QueueMove.Selection.Named(ids), operator, command(act, ids)));
    }

    /// `queue hold` of these letters, for the record: it names the first of them by itself.
    private static String command(QueueAct act, List<QueueId> ids) {
        return "queue " + act.word() + (ids.size() == 1 ? " " + ids.getFirst() : " (undo of " + ids.size() + " letters)");
    }

    public synchronized Optional<QueueMove> find(String id) {
        return moves.stream().filter(move -> move.id().equals(id)).findFirst();
    }

    /// The latest first.
    public synchronized List<QueueMove> latest() {
        return List.copyOf(moves);
    }

    private synchronized void remember(QueueMove move) {
        moves.addFirst(move);
        if (moves.size() > REMEMBERED) {
            moves.removeLast();
        }
    }

    private void run(QueueMove move) {
        var recorder = acts.begin(move.operator(), move.command());
        var desk = new QueueDesk(database, state, time, recorder::moved);
        Optional<String> trouble = Optional.of("stopped by a fault");
        try {
            switch (move.selection()) {
                case QueueMove.Selection.Named(var ids) -> desk.move(move.act(), ids, (some, results) -> moved(move, some, results));
                case QueueMove.Selection.Fitting(var filter) ->
                    desk.move(move.act(), filter, Long.MAX_VALUE, (some, results) -> moved(move, some, results));
            }
            trouble = Optional.empty();
        } catch (SpoolException failure) {
            trouble = Optional.of(String.valueOf(failure.getMessage()));
        } catch (StoppedException stopped) {
            trouble = Optional.of("facteur was stopped");
        } finally {
            var unrecorded = recorder.end().map(why -> "done, but not recorded: " + why);
            move.end(trouble.or(() -> unrecorded));
        }
    }

    private void moved(QueueMove move, List<QueueId> ids, List<MoveResult> results) {
        move.moved(ids, results);
        if (isClosed) {
            throw new StoppedException();
        }
    }

    /// A move that runs ends with its piece.
    @Override
    public void close() {
        isClosed = true;
        thread.shutdown();
        try {
            var _ = thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
