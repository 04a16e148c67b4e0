package facteur.access;

import facteur.platform.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The claims of a token (RFC 7519 §4), each of the type that it must have: one of another type is as one that isn't there. Immutable.
record Claims(JsonValue.Members members) {
    /// The year 9999 ends then.
    private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

    Optional<String> text(String name) {
        return members.member(name).flatMap(Claims::text);
    }

    private static Optional<String> text(JsonValue value) {
        return value instanceof JsonValue.Text(var text) ? Optional.of(text) : Optional.empty();
    }

    /// One text, or a list of nothing but texts; empty for anything else.
    List<String> texts(String name) {
        return switch (members.member(name).orElse(JsonValue.NULL)) {
            case JsonValue.Text(var text) -> List.of(text);
            case JsonValue.Array(var elements) -> {
                var texts = elements.stream().flatMap(element -> text(element).stream()).toList();
                yield texts.size() == elements.size() ? texts : List.of();
            }
            case JsonValue.Number _, JsonValue.Bool _, JsonValue.Null _, JsonValue.Members _ -> List.of();
        };
    }

    /// Whether it is for this one, and for no other. Some libraries write a list even of one.
    boolean isFor(String audience) {
        return texts("aud").equals(List.of(audience));
    }

    /// A NumericDate (RFC 7519 §2).
    Optional<Instant> instant(String name) {
        return members.member(name)
                .flatMap(value -> value instanceof JsonValue.Number(var number) ? Optional.of(number) : Optional.empty())
                .filter(number -> number.signum() >= 0 && number.compareTo(LATEST) <= 0)
                .map(number -> Instant.ofEpochMilli(number.movePointRight(3).longValue()));
    }
}
