package facteur.platform.log;

import java.util.ArrayList;
import java.util.List;

/// Finds what looks like an address in any text: everything around an `@` that could belong to it. Rather too much than too
/// little.
///
/// A local part reaches back to a blank or to one of `<>()[]",;:`, or over a quoted string; a domain goes on over letters,
/// digits, dots, dashes and underscores, or over brackets.
final class AddressScan {
    /// @param start of the local part in the text
    /// @param at the place of the `@`
    /// @param end behind the domain
    record Found(String text, int start, int at, int end) {
        String localPart() {
            return text.substring(start, at);
        }

        String domain() {
            return text.substring(at + 1, end);
        }
    }

    private static final int LONGEST_QUOTATION = 1024;
    private static final String OUTSIDE = "<>()[]\",;:@\\";
    private static final AsciiSet LOCAL = new AsciiSet(c -> isLocalOf((char) c));
    private static final AsciiSet DOMAIN = new AsciiSet(c -> isDomainOf((char) c));

    private AddressScan() {}

    /// In order; no local part overlaps another.
    static List<Found> of(String text) {
        if (text.indexOf('@') < 0) {
            return List.of();
        }
        var found = new ArrayList<Found>();
        var from = 0;
        for (var i = 0; i < text.length(); i++) {
            var at = switch (text.charAt(i)) {
                case '"' -> behindQuotation(text, i);
                case '@' -> i;
                default -> -1;
            };
            var start = at == i ? start(text, at, from) : i;
            if (at > start) {
                var end = end(text, at + 1);
                found.add(new Found(text, start, at, end));
                from = isLocalToo(text, end) ? at + 1 : end;
                i = from - 1;
            }
        }
        return found;
    }

    /// Where the `@` is behind the quoted string that starts here; -1 when there is none.
    private static int behindQuotation(String text, int start) {
        var most = Math.min(text.length() - 1, start + LONGEST_QUOTATION);
        for (var i = start + 1; i < most; i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '"' -> {
                    return text.charAt(i + 1) == '@' ? i + 1 : -1;
                }
                default -> {}
            }
        }
        return -1;
    }

    private static int start(String text, int at, int from) {
        if (at > from && text.charAt(at - 1) == '"') {
            return from; // The quotation was cut: all before is part of it.
        }
        var start = at;
        while (start > from && isLocal(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /// In `x@jan@dupont.example` what looks like a domain is the local part of an address.
    private static boolean isLocalToo(String text, int end) {
        return end < text.length()
                && text.charAt(end) == '@'
                && text.substring(end + 1, end(text, end + 1)).chars().anyMatch(c -> c == '.' || c == ':');
    }

    private static int end(String text, int start) {
        if (start < text.length() && text.charAt(start) == '[') {
            return literalEnd(text, start);
        }
        var end = start;
        while (end < text.length() && isDomain(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// Brackets with an address of a host between them (RFC 5321 §4.1.3); others are no domain.
    private static int literalEnd(String text, int start) {
        var end = start + 1;
        while (end < text.length() && (isDomain(text.charAt(end)) || text.charAt(end) == ':')) {
            end++;
        }
        return end < text.length() && text.charAt(end) == ']' ? end + 1 : start;
    }

    private static boolean isLocal(char c) {
        return AsciiSet.ALL.has(c) ? LOCAL.has(c) : isLocalOf(c);
    }

    private static boolean isLocalOf(char c) {
        return !Character.isWhitespace(c) && !Character.isISOControl(c) && OUTSIDE.indexOf(c) < 0;
    }

    private static boolean isDomain(char c) {
        return AsciiSet.ALL.has(c) ? DOMAIN.has(c) : isDomainOf(c);
    }

    private static boolean isDomainOf(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || "._-".indexOf(c) >= 0
                || switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.OTHER_SYMBOL -> true;
                    default -> c == '\u200C' || c == '\u200D';
                };
    }
}
