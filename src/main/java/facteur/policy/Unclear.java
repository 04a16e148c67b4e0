package facteur.policy;

/// A field that the app wrote and that can't be read for sure: it counts as if it said something unknown.
///
/// @param field its name
/// @param why what stands there
public record Unclear(String field, String why) {
    /// For people: `From: several addresses`.
    @Override
    public String toString() {
        return field + ": " + why;
    }
}
