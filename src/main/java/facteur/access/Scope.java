package facteur.access;

import facteur.platform.config.InvalidValueException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a token may be used for. None includes another: who may write needn't be able to read.
public enum Scope {
    SETTINGS_READ,
    SETTINGS_WRITE,
    CARDS_READ,
    CARDS_WRITE,
    DOMAINS_READ,
    DOMAINS_WRITE,
    LOG_READ,
    /// Launches people into the pages of their office, for a suite. Given by operators alone.
    SESSIONS_CREATE;

    /// As it is written: `settings:read`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /// @throws InvalidValueException for any other word, with the nearest
    public static Scope parse(String word) {
        return find(word).orElseThrow(() -> InvalidValueException.unknownWord(
                "'" + word + "' is not one of " + String.join(", ", words()), word, words()));
    }

    /// Those that an admin of an office may give, for that office.
    public static Set<Scope> ofOffices() {
        return EnumSet.complementOf(EnumSet.of(SESSIONS_CREATE));
    }

    /// Of a list with commas or blanks between.
    ///
    /// @throws IllegalArgumentException when one is none, or there is none
    public static Set<Scope> parseList(String text) {
        var scopes = EnumSet.noneOf(Scope.class);
        for (var word : text.split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                scopes.add(parse(word));
            }
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("no scope; there are " + String.join(", ", words()));
        }
        return scopes;
    }

    /// Without those that this version doesn't know: a newer one may have made the token.
    static Set<Scope> known(String text) {
        var scopes = EnumSet.noneOf(Scope.class);
        Stream.of(text.split(" ")).flatMap(word -> find(word).stream()).forEach(scopes::add);
        return scopes;
    }

    private static Optional<Scope> find(String word) {
        return Stream.of(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }

    private static List<String> words() {
        var words = new ArrayList<String>();
        for (var scope : values()) {
            words.add(scope.word());
        }
        return words;
    }

    @Override
    public String toString() {
        return word();
    }
}
