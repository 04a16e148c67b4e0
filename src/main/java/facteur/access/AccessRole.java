package facteur.access;

import facteur.platform.config.InvalidValueException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a person may do in the console.
public enum AccessRole {
    /// Everything, at every office.
    OPERATOR,
    /// Sees what operators see.
    VIEWER,
    /// Writes the settings of one office.
    ADMIN,
    /// Sees what an admin sees.
    READER;

    /// As it is written: `operator`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it is for one office, not for all.
    public boolean isOfOffice() {
        return switch (this) {
            case OPERATOR, VIEWER -> false;
            case ADMIN, READER -> true;
        };
    }

    public static Optional<AccessRole> find(String word) {
        return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /// @throws InvalidValueException for any other word, with the nearest
    public static AccessRole parse(String word) {
        return find(word).orElseThrow(
                () -> InvalidValueException.unknownWord("'" + word + "' is not one of " + String.join(", ", words()), word, words()));
    }

    private static List<String> words() {
        return Stream.of(values()).map(AccessRole::word).toList();
    }

    @Override
    public String toString() {
        return word();
    }
}
