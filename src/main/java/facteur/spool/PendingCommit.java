package facteur.spool;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A piece of work for the [Committer], and the caller who waits for it.
final class PendingCommit<T> {
    enum Kind {
        /// The spool doesn't answer for it yet.
        NEW,
        /// It is about what the spool has.
        KEPT
    }

    /// What room it may use on a full disk.
    enum Room {
        NONE,
        /// The room of the database's log, once that is written into its file.
        OF_LOG,
        OF_RESERVE
    }

    private final Database.Work<T> work;
    private final Kind kind;
    private final LogConcern concern;
    private final Optional<LogDraft> draft;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private Room last = Room.NONE;
    private @Nullable T value;

    PendingCommit(Database.Work<T> work, Kind kind, LogConcern concern) {
        this.work = work;
        this.kind = kind;
        this.concern = concern;
        draft = Optional.empty();
    }

    /// @param draft that may be appended to the [LetterLog] in place of the work
    /// @param value what comes of that
    PendingCommit(Database.Work<T> work, LogConcern concern, LogDraft draft, T value) {
        this.work = work;
        this.concern = concern;
        kind = Kind.NEW;
        this.draft = Optional.of(draft);
        this.value = value;
    }

    boolean isAbout(LetterLog log) {
        return concern.isIn(log);
    }

    Optional<LogDraft> draft() {
        return draft;
    }

    void run(Statements statements) throws SQLException {
        value = work.run(statements);
    }

    boolean isNew() {
        return kind == Kind.NEW;
    }

    /// More than the last time, as long as there is more. For the thread that runs it.
    Room askForRoom() {
        last = switch (kind) {
            case NEW -> Room.NONE;
            case KEPT -> switch (last) {
                case NONE -> Room.OF_LOG;
                case OF_LOG -> Room.OF_RESERVE;
                case OF_RESERVE -> Room.NONE;
            };
        };
        return last;
    }

    /// @throws java.util.concurrent.CompletionException with the failure of [#fail]
    T await() {
        return result.join();
    }

    void succeed() {
        result.complete(value);
    }

    void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }
}
