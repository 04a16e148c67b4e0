package facteur.spool;

/// A new letter is not stored: an earlier one has its name. Nothing was written, and a body in a file is where it was.
public final class KnownLetterException extends SpoolException {
    private static final long serialVersionUID = 1;

    private final transient KnownLetter known;

    public KnownLetterException(KnownLetter known) {
        super("known as " + known.id());
        this.known = known;
    }

    public KnownLetter known() {
        return known;
    }
}
