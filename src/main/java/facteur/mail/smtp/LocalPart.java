package facteur.mail.smtp;

import java.util.regex.Pattern;

/// What stands before the `@` (RFC 5321 §4.1.2, RFC 6531 §3.3), as text with its quotes.
///
/// Dots may stand anywhere in an unquoted one: Japanese telephone companies gave out `a..b` and `a.` for years, and these
/// mailboxes are read today. Nothing else that RFC 5321 forbids is taken.
final class LocalPart {
    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");

    private LocalPart() {}

    static boolean isValid(String text) {
        return text.startsWith("\"") ? isQuotedString(text) : isAtomsAndDots(text);
    }

    /// As a command and a header field must have it: atoms with single dots between, or a quoted string.
    static String written(String text) {
        return isDotString(text) || text.startsWith("\"") ? text : '"' + text + '"';
    }

    /// What is meant: quotes and backslashes are no part of it.
    static String meant(String text) {
        if (!text.startsWith("\"")) {
            return text;
        }
        var inside = text.substring(1, text.length() - 1);
        return inside.indexOf('\\') < 0 ? inside : QUOTED_PAIR.matcher(inside).replaceAll("$1");
    }

    /// At least one atom.
    private static boolean isAtomsAndDots(String text) {
        var hasAtom = false;
        for (var i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            var c = text.codePointAt(i);
            if (c != '.' && !isAtomText(c)) {
                return false;
            }
            hasAtom |= c != '.';
        }
        return hasAtom;
    }

    private static boolean isDotString(String text) {
        return !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
    }

    /// Quoted-string of RFC 5321 §4.1.2: blanks yes, control characters no.
    private static boolean isQuotedString(String text) {
        if (text.length() < 3 || !text.endsWith("\"")) {
            return false;
        }
        var inside = text.substring(1, text.length() - 1).codePoints().iterator();
        while (inside.hasNext()) {
            var c = inside.nextInt();
            if (c == '\\') {
                if (!inside.hasNext() || !isPrintable(inside.nextInt())) {
                    return false;
                }
            } else if (c == '"' || !(isPrintable(c) || Address.isWideText(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(int c) {
        return c >= ' ' && c < 127;
    }

    private static boolean isAtomText(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0
                || Address.isWideText(c);
    }
}
