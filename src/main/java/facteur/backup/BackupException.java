package facteur.backup;

/// A backup can't be made or restored. The message is for the operator.
public final class BackupException extends Exception {
    private static final long serialVersionUID = 1;

    /// What the operator can do about it.
    public enum Cause {
        /// Something is in the way, which `--force` would replace.
        IN_THE_WAY,
        /// The state folder belongs to another user.
        NOT_OURS,
        /// The file is no backup, or damaged, or of another kind.
        UNFIT
    }

    private final Cause kind;

    BackupException(Cause kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Cause kind() {
        return kind;
    }
}
