package facteur.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fields If-Match and If-None-Match (RFC 9110 §13.1): an asterisk, or entity tags. Immutable.
public sealed interface EntityTags {
    /// Such as `"42"` or `W/"42"`.
    record Tag(String text, Strength strength) {
        /// For the field ETag.
        @Override
        public String toString() {
            return (strength == Strength.WEAK ? "W/" : "") + '"' + text + '"';
        }
    }

    enum Strength {
        STRONG,
        WEAK
    }

    /// The field isn't there.
    record None() implements EntityTags {}

    /// `*`: any version that exists.
    record Any() implements EntityTags {}

    /// One at least.
    record Listed(List<Tag> tags) implements EntityTags {
        public Listed {
            tags = List.copyOf(tags);
        }
    }

    /// @param fields all of that name
    /// @return empty when they aren't of that form
    static Optional<EntityTags> parse(List<String> fields) {
        if (fields.isEmpty()) {
            return Optional.of(new None());
        }
        var text = String.join(",", fields);
        if (text.strip().equals("*")) {
            return Optional.of(new Any());
        }
        var tags = new ArrayList<Tag>();
        var at = 0;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == ',') {
                at++;
                continue;
            }
            var strength = text.startsWith("W/", at) ? Strength.WEAK : Strength.STRONG;
            var opening = strength == Strength.WEAK ? at + 2 : at;
            var closing = opening < text.length() && text.charAt(opening) == '"' ? text.indexOf('"', opening + 1) : -1;
            if (closing < 0 || !isSeparated(text, closing + 1) || !isOpaque(text.substring(opening + 1, closing))) {
                return Optional.empty();
            }
            tags.add(new Tag(text.substring(opening + 1, closing), strength));
            at = closing + 1;
        }
        return tags.isEmpty() ? Optional.empty() : Optional.of(new Listed(tags));
    }

    private static boolean isSeparated(String text, int after) {
        var rest = text.substring(after).stripLeading();
        return rest.isEmpty() || rest.startsWith(",");
    }

    private static boolean isOpaque(String text) {
        return text.chars().allMatch(c -> c > ' ' && c != '"' && c != 127);
    }

    /// By the strong comparison, of If-Match: a weak tag is equal to none.
    default boolean isMatch(String current) {
        return switch (this) {
            case None _ -> false;
            case Any _ -> true;
            case Listed(var tags) -> tags.contains(new Tag(current, Strength.STRONG));
        };
    }

    /// By the weak comparison, of If-None-Match.
    default boolean isWeakMatch(String current) {
        return switch (this) {
            case None _ -> false;
            case Any _ -> true;
            case Listed(var tags) -> tags.stream().anyMatch(tag -> tag.text().equals(current));
        };
    }
}
