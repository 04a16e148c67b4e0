package facteur.policy;

/// A field of the app's that can't be read without doubt. Its value counts as unknown.
///
/// @param field its name
/// @param why what makes it unclear
public record Unclear(String field, String why) {
    /// For people: `From: several addresses`.
    @Override
    public String toString() {
        return field + ": " + why;
    }
}
