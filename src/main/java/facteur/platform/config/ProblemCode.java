package facteur.platform.config;

/// Words that programs know a [Problem] by. They are part of the API and stay, while messages may get better.
/// Packages that read more than texts and keys have codes of their own beside these.
public final class ProblemCode {
    public static final String KEY_UNKNOWN = "key.unknown";
    public static final String KEY_TWICE = "key.twice";
    public static final String VALUE_MISSING = "value.missing";

    /// A list where a single value is expected, and the like.
    public static final String VALUE_TYPE = "value.type";

    public static final String VALUE_INVALID = "value.invalid";

    /// Not the text of a file or document: no YAML, too large, or not to be had at all.
    public static final String TEXT_UNREADABLE = "text.unreadable";

    private ProblemCode() {}
}
