package facteur.console;

/// A state for the eye: a word, and which sign stands before it.
///
/// @param style `ok`, `warn`, `bad`, or empty for one that is neither good nor bad
public record StateWord(String text, String style) {
    static final String OK = "ok";
    static final String WARN = "warn";
    static final String BAD = "bad";
    static final String PLAIN = "";

    /// For the attribute `class`.
    public String css() {
        return style.isEmpty() ? "state" : "state " + style;
    }
}
