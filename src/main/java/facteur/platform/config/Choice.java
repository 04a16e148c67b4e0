package facteur.platform.config;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/// The words for the constants of an enum: `STARTTLS_REQUIRED` is written `starttls-required`. Immutable.
final class Choice<E extends Enum<E>> {
    private final Map<String, E> words = new LinkedHashMap<>();

    Choice(Class<E> type) {
        for (E constant : EnumSet.allOf(type)) {
            words.put(Word.of(constant), constant);
        }
    }

    E parse(String word) {
        E constant = words.get(word);
        if (constant == null) {
            throw new IllegalArgumentException("'" + word + "' is not one of " + String.join(", ", words.keySet())
                    + Nearest.hint(word, words.keySet()));
        }
        return constant;
    }
}
