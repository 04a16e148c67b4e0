package facteur.spool;

/// What became of a letter that an operator wanted to move.
public enum MoveResult {
    HELD("on hold now"),
    /// The running attempt goes on; the letter is held when it would wait for the next.
    HELD_LATER("being sent now; goes on hold if it is not relayed"),
    RELEASED("released, due now"),
    /// It was to be held after this attempt, and isn't any more.
    HELD_NO_LATER("being sent now; pending hold cancelled"),
    DUE("due now"),
    REMOVED("removed"),
    /// It was so before.
    UNCHANGED("unchanged"),
    /// An attempt can't be undone.
    ACTIVE("being sent now"),
    ON_HOLD("on hold"),
    ENDED("ended already"),
    UNKNOWN("no such letter");

    private final String words;

    MoveResult(String words) {
        this.words = words;
    }

    /// For a person.
    public String words() {
        return words;
    }

    /// Whether the letter isn't as it was.
    boolean isChange() {
        return switch (this) {
            case HELD, HELD_LATER, RELEASED, HELD_NO_LATER, DUE, REMOVED -> true;
            case UNCHANGED, ACTIVE, ON_HOLD, ENDED, UNKNOWN -> false;
        };
    }

    /// Whether the letter is not, and will not be, where the operator wants it.
    public boolean isRefusal() {
        return switch (this) {
            case HELD, HELD_LATER, RELEASED, HELD_NO_LATER, DUE, REMOVED, UNCHANGED -> false;
            case ACTIVE, ON_HOLD, ENDED, UNKNOWN -> true;
        };
    }
}
