package facteur.platform.config;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The words that a key may have as its value, and what each stands for. Immutable.
public final class Choice<T> {
    private final SequencedMap<String, T> words;

    /// @param words in the order in which a message lists them
    public Choice(SequencedMap<String, ? extends T> words) {
        this.words = new LinkedHashMap<>(words);
    }

    /// The constants of an enum: `STARTTLS_REQUIRED` is written `starttls-required`.
    static <E extends Enum<E>> Choice<E> of(Class<E> type) {
        SequencedMap<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(Word.of(constant), constant);
        }
        return new Choice<>(words);
    }

    /// @throws IllegalArgumentException for any other word, with the words there are
    public T parse(String word) {
        T meaning = words.get(word);
        if (meaning == null) {
            throw InvalidValueException.unknownWord(
                    "'" + word + "' is not one of " + String.join(", ", words.keySet()), word, words.keySet());
        }
        return meaning;
    }
}
