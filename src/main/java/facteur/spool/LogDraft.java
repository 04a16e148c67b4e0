package facteur.spool;

import facteur.platform.commitlog.CommitLog;
import java.util.OptionalLong;

/// A letter that may be appended to the [LetterLog], and its record, made by the thread that brings it.
final class LogDraft {
    private final LoggedLetter letter;
    private final byte[] octets;

    LogDraft(LoggedLetter letter) {
        this.letter = letter;
        octets = LogRecord.octets(letter);
    }

    LoggedLetter letter() {
        return letter;
    }

    byte[] octets() {
        return octets;
    }

    int needBytes() {
        return CommitLog.needBytes(octets);
    }

    /// Of its name; empty when it has none.
    OptionalLong hash() {
        return letter.key().isEmpty() ? OptionalLong.empty() : OptionalLong.of((Long) letter.key().getFirst());
    }
}
