package facteur.settings;

import java.util.Optional;

/// Names a client of an office, in the words of the office's own software. Only ever a key to look up: compared as it
/// is, never a path, never part of a statement.
public record RelationId(String text) {
    private static final int LIMIT = 128;

    /// @return empty when the text is empty, over 128 characters, or holds a control character
    public static Optional<RelationId> parse(String text) {
        var readable = !text.isEmpty() && text.length() <= LIMIT && text.chars().noneMatch(Character::isISOControl);
        return readable ? Optional.of(new RelationId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
