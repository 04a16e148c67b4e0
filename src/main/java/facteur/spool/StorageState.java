package facteur.spool;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether what is written will be there for the next start, as far as is known. What was found wrong with the disk or with the
/// files stays wrong until that start; that the database is away passes. Thread-safe.
final class StorageState {
    private final Supplier<Optional<String>> displaced;
    private volatile @Nullable Throwable broken;
    /// What of the files is no longer where the next start looks for it.
    private volatile @Nullable String lost;
    private volatile @Nullable String unavailable;

    /// @param displaced looks what of the files is no longer in its place
    StorageState(Supplier<Optional<String>> displaced) {
        this.displaced = displaced;
    }

    /// Whether the files are in their places still. Once they aren't, this says so until the end: what was put back is
    /// not what is open, or was not all the time.
    ///
    /// @param onLoss is run when that is news
    /// @return what is missing
    Optional<String> look(Runnable onLoss) {
        if (lost == null) {
            displaced.get().ifPresent(what -> {
                lost = what;
                breakDown(new IllegalStateException(what));
                onLoss.run();
            });
        }
        return Optional.ofNullable(lost);
    }

    boolean isLost() {
        return lost != null;
    }

    /// From here on nothing new is accepted.
    void breakDown(Throwable failure) {
        broken = failure;
    }

    boolean isBroken() {
        return broken != null;
    }

    /// What it broke by; empty: it hasn't.
    Optional<Throwable> broken() {
        return Optional.ofNullable(broken);
    }

    void away(Throwable failure) {
        unavailable = String.valueOf(failure.getMessage());
    }

    void back() {
        unavailable = null;
    }

    /// What the last transaction met, when it was that the database is away, held, or may only be read.
    Optional<String> unavailable() {
        return Optional.ofNullable(unavailable);
    }

    /// @throws SpoolException when nothing new is accepted; the message says why, and what to do
    void refuseWhenBroken() throws SpoolException {
        if (lost != null) {
            throw new SpoolException("not accepting letters until restarted: " + lost + ". Stop facteur, put back what was there,"
                    + " start it");
        }
        if (broken != null) {
            throw new SpoolException("not accepting letters until restarted: the disk failed: " + broken.getMessage(), broken);
        }
    }
}
