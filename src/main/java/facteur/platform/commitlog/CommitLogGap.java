package facteur.platform.commitlog;

import java.io.IOException;
import java.nio.file.Path;

/// A log that goes on behind a later record than the last one that is known: records between are missing.
public final class CommitLogGap extends IOException {
    CommitLogGap(Path file, long after, long number) {
        super(file + " begins with record " + number + ", after " + after);
    }
}
