package facteur.settings;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.time.InstantSource;

/// A file of an office that is checked, not stored: only its problems stay in memory. It is read again when it
/// has changed, by the rules of [WatchedFile].
///
/// Thread-safe; blocks for the disk.
final class CheckedFile {
    /// Reads a file for its problems.
    @FunctionalInterface
    interface Judging {
        /// @param problems gets all of them
        /// @return whether the file as a whole can be used
        Lookup<?> judge(OfficeId office, Path file, Problems problems);
    }

    /// How it is with a file.
    sealed interface State {
        record Sound() implements State {}

        /// There is none.
        record Gone() implements State {}

        /// @param problems one at least
        record Bad(FileTrouble.Kind kind, Problems problems) implements State {}
    }

    private final OfficeId office;
    private final Path path;
    private final Judging judging;
    private final WatchedFile<State> file;

    CheckedFile(OfficeId office, Path path, Judging judging, InstantSource time) {
        this.office = office;
        this.path = path;
        this.judging = judging;
        this.file = new WatchedFile<>(path, (where, _, problems) -> judge(where, problems, time), time);
    }

    OfficeId office() {
        return office;
    }

    Path path() {
        return path;
    }

    /// As [WatchedFile#settled].
    void settled() {
        file.settled();
    }

    State look() {
        var unreadable = new Problems();
        var judged = file.look(unreadable);
        if (!unreadable.isEmpty()) {
            return new State.Bad(FileTrouble.Kind.UNREADABLE, unreadable);
        }
        return judged instanceof Lookup.Found<State>(var state, _) ? state : new State.Gone();
    }

    /// A judgement always counts as found; the problems of a file that can't be read go to the caller.
    private Lookup<State> judge(Path where, Problems unreadable, InstantSource time) {
        var own = new Problems();
        var lookup = judging.judge(office, where, own);
        return switch (lookup) {
            case Lookup.Unavailable<?>(var why) -> {
                own.list().forEach(unreadable::add);
                yield new Lookup.Unavailable<>(why);
            }
            case Lookup.Found<?> _, Lookup.Missing<?> _ -> found(own.isEmpty() ? new State.Sound() : new State.Bad(FileTrouble.Kind.CARDS, own), time);
            case Lookup.Unusable<?> _ -> found(new State.Bad(FileTrouble.Kind.BROKEN, own), time);
        };
    }

    private static Lookup<State> found(State state, InstantSource time) {
        return new Lookup.Found<>(state, time.instant());
    }
}
