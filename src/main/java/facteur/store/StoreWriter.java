package facteur.store;

import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Runs the transactions that change the store, and announces each change after its commit, before the writer gets its answer.
///
/// Thread-safe.
final class StoreWriter {
    /// What is done in a transaction.
    @FunctionalInterface
    interface Work<T> {
        T run(StoreTransaction transaction) throws SQLException;
    }

    private record Done<T>(T result, List<StoreChange> changes, List<Saved> saved) {}

    private final Database database;
    private final InstantSource time;
    private final List<Consumer<StoreChange>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Saved>> journals = new CopyOnWriteArrayList<>();
    private volatile BooleanSupplier room = () -> true;

    StoreWriter(Database database, InstantSource time) {
        this.database = database;
        this.time = time;
    }

    Database database() {
        return database;
    }

    InstantSource time() {
        return time;
    }

    void onChange(Consumer<StoreChange> listener) {
        listeners.add(listener);
    }

    void onSaved(Consumer<Saved> journal) {
        journals.add(journal);
    }

    void whileThereIs(BooleanSupplier hasRoom) {
        room = hasRoom;
    }

    /// To be called before what makes the database larger.
    void requireRoom() throws NoRoomException {
        if (!room.getAsBoolean()) {
            throw new NoRoomException();
        }
    }

    <T> T write(Work<T> work) throws SQLException {
        var done = database.inTransaction(statements -> {
            var transaction = new StoreTransaction(statements, time.instant());
            var result = work.run(transaction);
            return new Done<>(result, transaction.publish(), transaction.saved());
        });
        done.changes().forEach(change -> listeners.forEach(listener -> listener.accept(change)));
        done.saved().forEach(this::tell);
        return done.result();
    }

    /// Tells the journal of a version.
    void tell(Saved version) {
        journals.forEach(journal -> journal.accept(version));
    }
}
