package facteur.office;

import java.text.Normalizer;
import java.util.Optional;

/// Names a client of an office, in the words of the office's own software. Only ever a key to look up: compared as it
/// is, never a path, never part of a statement.
public record RelationId(String text) {
    private static final int LIMIT = 128;

    /// A few letters get longer as they are composed. What is kept composed must be readable again, so both forms have the limit.
    ///
    /// @return empty when the text is empty, over 128 characters, or holds a control character
    public static Optional<RelationId> parse(String text) {
        var isReadable = !text.isEmpty() && text.length() <= LIMIT && !ControlCharacters.areIn(text);
        return isReadable ? Optional.of(new RelationId(text)).filter(id -> id.composed().text.length() <= LIMIT) : Optional.empty();
    }

    /// In Unicode's composed form (NFC), for comparing where facteur itself compares: programs differ in whether an accent
    /// is a character of its own. A database or service gets the id as the app gave it.
    public RelationId composed() {
        return new RelationId(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    @Override
    public String toString() {
        return text;
    }
}
