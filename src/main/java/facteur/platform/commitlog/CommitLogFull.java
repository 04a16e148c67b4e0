package facteur.platform.commitlog;

import java.io.IOException;

/// There is no room for a record on the disk: a file system that writes elsewhere what is overwritten may run out of it. A part of the
/// record may be in the file.
public final class CommitLogFull extends IOException {
    private static final long serialVersionUID = 1;

    CommitLogFull(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
