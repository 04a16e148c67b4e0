package facteur.console;

/// A state in words, with the shape and the colour that go with it. Immutable.
///
/// @param kind a class of the style sheet: `ok`, `warn`, `bad`, or none
public record StateMark(String kind, String text) {}
