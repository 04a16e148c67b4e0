package facteur.platform.config;

/// Reads a document that is no file of ours: what a web service answered, what the rows of a table amount to. It is JSON or
/// YAML (JSON is YAML, too), and is read as a file is, with the same bounds and the same problems, so that one reader of
/// keys serves both.
///
/// Programs write it: a blank text, `null` and an empty list count as not set, under a key and in a list. It is not trusted
/// to name our variables and files: `${…}` stays as it is written.
public final class Document {
    private Document() {}

    /// The root section. A document that can't be read is an empty mapping, and then the problem is recorded.
    ///
    /// @param name what problems call it, such as where it came from
    public static Section read(String text, String name, Problems problems) {
        return YamlText.section(text, Origin.of(name, problems), Limits.STANDARD);
    }
}
