package facteur.settings;

import facteur.platform.config.Problem;
import java.nio.file.Path;
import java.time.Instant;

/// What is wrong with a file of settings. Immutable.
///
/// @param office whose file it is; empty for the folder of all
/// @param file the one in trouble
/// @param kind how much of it can't be used
/// @param first of its problems, by line
/// @param more how many others it has
/// @param since when it was seen to be so
/// @param meanwhile what decides letters until it is corrected
public record FileTrouble(String office, Path file, Kind kind, Problem first, long more, Instant since, Meanwhile meanwhile) {
    /// How much of a file can't be used.
    public enum Kind {
        /// Nothing of it, for what it holds.
        BROKEN,
        /// Single cards; the rest counts.
        CARDS,
        /// It isn't known what it holds.
        UNREADABLE
    }

    /// What decides letters that need the file.
    public enum Meanwhile {
        /// The last good version.
        OLD_ANSWER,
        /// Nothing: they get 451.
        NONE
    }

    /// Counted from 1; 0 when the file as a whole is meant.
    public int line() {
        return first.line();
    }

    /// Without the file's name.
    public String reason() {
        return (first.key().isEmpty() ? "" : first.key() + ": ") + first.message()
                + (more == 0 ? "" : ", and " + more + (more == 1 ? " other problem" : " other problems"));
    }

    /// What happens to letters.
    public String consequence() {
        return switch (kind) {
            case CARDS -> "letters about the clients of such cards get 451, unless these were read before";
            case BROKEN, UNREADABLE -> switch (meanwhile) {
                case OLD_ANSWER -> "the last good version stays in use";
                case NONE -> office.isEmpty() ? "changes in it aren't seen, and letters of offices that were not read before get 451"
                        : "letters that need it get 451";
            };
        };
    }

    /// A line for people.
    public String sentence() {
        return file + (line() == 0 ? "" : ":" + line()) + ": " + reason() + "; " + consequence();
    }

    /// Whether it is the same trouble with the same file, at any time.
    boolean isLike(FileTrouble other) {
        return kind == other.kind && first.equals(other.first) && more == other.more;
    }
}
