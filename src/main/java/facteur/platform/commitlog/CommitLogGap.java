package facteur.platform.commitlog;

import java.io.IOException;

/// A log that goes on behind a later record than the last one that is known: records between are missing.
public final class CommitLogGap extends IOException {
    private static final long serialVersionUID = 1;

    CommitLogGap(long after, long number) {
        super("the log begins with record " + number + ", not behind record " + after);
    }
}
