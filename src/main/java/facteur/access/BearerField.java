package facteur.access;

import facteur.platform.config.Secret;
import java.util.List;

/// What the fields `Authorization` of a request say (RFC 9110 §11.6.2, RFC 6750 §2.1). No form of it prints what was presented.
public sealed interface BearerField {
    /// Nothing, or another scheme: the answer names ours.
    record None() implements BearerField {}

    /// @param why a sentence that quotes nothing
    record Unreadable(String why) implements BearerField {}

    /// @param token in its right form, which says nothing about whether there is such a token
    record Presented(Secret token) implements BearerField {}

    /// In any case.
    String SCHEME = "Bearer";

    /// @param fields all of that name
    static BearerField parse(List<String> fields) {
        if (fields.isEmpty()) {
            return new None();
        }
        if (fields.size() > 1) {
            return new Unreadable("more than one field Authorization");
        }
        var field = fields.getFirst().strip();
        if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || field.length() > SCHEME.length() && field.charAt(SCHEME.length()) != ' ') {
            return new None();
        }
        var token = field.substring(SCHEME.length()).strip();
        return isToken(token) ? new Presented(Secret.of(token)) : new Unreadable("Authorization must be 'Bearer', a blank and the token");
    }

    /// A token68: letters, digits and some signs, `=` at its end only.
    private static boolean isToken(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        return end > 0
                && text.substring(0, end).chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-._~+/".indexOf(c) >= 0));
    }
}
