package facteur.store;

/// Too much is being done with many cards at a time: what was asked for can be asked again soon. Nothing was done.
public final class BulkBusyException extends Exception {
    private static final long serialVersionUID = 1;

    /// By whom the place is taken.
    public enum By {
        /// Another request of the same office.
        OFFICE,
        /// Requests of other offices.
        NODE
    }

    private final By by;

    BulkBusyException(By by) {
        super("many cards of " + by + " are being worked on", null, false, false);
        this.by = by;
    }

    public By by() {
        return by;
    }
}
