package facteur.console;

/// The page that asks before one session takes the place of another. Immutable.
///
/// @param action where the form goes
/// @param present who is signed in
/// @param next who wants to be
/// @param office where
public record LaunchModel(String action, String present, String next, String office) {}
