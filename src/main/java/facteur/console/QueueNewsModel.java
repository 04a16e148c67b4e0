package facteur.console;

/// What has changed in the queue since a page was made. Immutable.
///
/// @param fresh how many letters that fit came since
/// @param gone how many of those on the page aren't there any more
/// @param href address of the page, with all that
public record QueueNewsModel(long fresh, long gone, String href) {
    public boolean isQuiet() {
        return fresh == 0 && gone == 0;
    }

    /// So that the same news isn't told again.
    public String mark() {
        return isQuiet() ? "" : fresh + "-" + gone;
    }
}
