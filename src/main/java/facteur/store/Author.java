package facteur.store;

/// Who makes a change, and why. Texts are made fit for one line of a page, and cut. Immutable.
///
/// @param actor a login, the name of a token, or a user of the system
/// @param behalf the user of a suite that it is done for; empty when there is none
/// @param peer the network address it came from; empty when there is none
/// @param note why, in the actor's words; empty when they don't say
public record Author(Via via, String actor, String behalf, String peer, String note) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NOTE = 500;

    public Author {
        actor = visible(actor, LONGEST_NAME);
        behalf = visible(behalf, LONGEST_NAME);
        peer = visible(peer, LONGEST_NAME);
        note = visible(note, LONGEST_NOTE);
    }

    /// For people: the user of the suite, then the suite in brackets; else the actor.
    public String shown() {
        return behalf.isEmpty() ? actor : behalf + " (" + actor + ")";
    }

    private static String visible(String text, int longest) {
        var clean = new StringBuilder();
        text.strip().replaceAll("\\s+", " ").codePoints().limit(longest).forEach(point -> clean.appendCodePoint(isVisible(point) ? point : '?'));
        return clean.toString().strip();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
