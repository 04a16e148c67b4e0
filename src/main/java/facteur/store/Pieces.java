package facteur.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Does long work on the database in pieces. Where one connection writes, it is left to the letters between two pieces for as
/// long as the last one had it. Thread-safe.
///
/// @param isSole whether one connection writes
/// @param nanos what a piece is measured by
/// @param pause waits
record Pieces(boolean isSole, LongSupplier nanos, Pause pause) {
    /// The most rows that a piece changes.
    static final int ROWS = 100;

    /// A piece of the work.
    @FunctionalInterface
    interface Piece {
        /// @return whether there is more
        boolean run() throws SQLException;
    }

    /// What comes between pieces.
    @FunctionalInterface
    interface Pause {
        void take(Duration length);
    }

    static Pieces of(StoreWriter writer) {
        return new Pieces(writer.database().dialect().hasOneWriter(), System::nanoTime, Pieces::sleep);
    }

    /// Until it is done, or the thread is interrupted.
    void run(Piece piece) throws SQLException {
        var isMore = true;
        while (isMore && !Thread.currentThread().isInterrupted()) {
            var began = nanos.getAsLong();
            isMore = piece.run();
            if (isSole) {
                pause.take(Duration.ofNanos(nanos.getAsLong() - began));
            }
        }
    }

    private static void sleep(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
