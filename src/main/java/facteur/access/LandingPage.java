package facteur.access;

import facteur.platform.config.InvalidValueException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The page of an office that a launch leads to.
public enum LandingPage {
    MAIL,
    DOMAINS,
    PEOPLE,
    CLIENTS,
    HISTORY;

    /// As paths have it: `/o/{office}/mail`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws InvalidValueException for any other word, with the nearest
    public static LandingPage parse(String word) {
        return Stream.of(values()).filter(page -> page.word().equals(word)).findFirst().orElseThrow(
                () -> InvalidValueException.unknownWord("'" + word + "' is not one of " + String.join(", ", words()), word, words()));
    }

    private static List<String> words() {
        return Stream.of(values()).map(LandingPage::word).toList();
    }

    @Override
    public String toString() {
        return word();
    }
}
