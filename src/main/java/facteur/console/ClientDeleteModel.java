package facteur.console;

/// A card that is about to be deleted. Immutable.
///
/// @param back to the card
public record ClientDeleteModel(String base, String relation, String name, String back) {}
