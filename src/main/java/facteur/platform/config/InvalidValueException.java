package facteur.platform.config;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a parser of values throws when it knows more of the mistake than its message. [Section] makes a [Problem] of it.
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final @Nullable String nearest;

    /// @param code such as `address.invalid`
    public InvalidValueException(String code, String message) {
        this(code, message, null);
    }

    private InvalidValueException(String code, String message, @Nullable String nearest) {
        super(message);
        this.code = code;
        this.nearest = nearest;
    }

    /// Of a word that is none of those known; the message ends with the nearest, if there is one.
    public static InvalidValueException unknownWord(String message, String word, Collection<String> known) {
        Optional<String> nearest = Nearest.of(word, known);
        return new InvalidValueException(ProblemCode.VALUE_INVALID, message + Nearest.hint(nearest), nearest.orElse(null));
    }

    /// Of a value that probably meant another.
    public static InvalidValueException meaning(String code, String message, String nearest) {
        return new InvalidValueException(code, message + "; did you mean '" + nearest + "'?", nearest);
    }

    public String code() {
        return code;
    }

    /// The known word that was probably meant.
    public Optional<String> nearest() {
        return Optional.ofNullable(nearest);
    }
}
