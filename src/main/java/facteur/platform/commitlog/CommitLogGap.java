package facteur.platform.commitlog;

import java.io.IOException;

/// A log that doesn't go on where what is known ends: it begins behind a later record, so that some are missing, or is another's.
public final class CommitLogGap extends IOException {
    private static final long serialVersionUID = 1;

    CommitLogGap(String how) {
        super("the log " + how);
    }
}
