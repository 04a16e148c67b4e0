package facteur.mail.message;

/// The Message-ID of RFC 5322 §3.6.4.
public final class MessageId {
    /// Characters; what is behind them is cut. RFC 5322 §2.1.1 leaves room for 998 on a line.
    public static final int LONGEST = 255;

    private MessageId() {}

    /// The one form in which ids are kept and looked up, with or without the angle brackets: in these, without
    /// blanks, comments and control characters. As in RFC 5322, case counts.
    ///
    /// @param value of the field, or a part that was copied from it
    /// @return empty when it names nothing
    public static String of(String value) {
        if (isPlain(value)) {
            return value;
        }
        if (!names(value)) {
            return "";
        }
        var text = Comments.without(value);
        var start = text.indexOf('<');
        var end = text.indexOf('>', start + 1);
        var id = (start >= 0 && end > start + 1 ? text.substring(start + 1, end) : text).codePoints()
                .filter(c -> c > ' ' && c != '<' && c != '>' && !Character.isISOControl(c) && !Character.isSpaceChar(c))
                .limit(LONGEST - 2)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return "<" + id + ">";
    }

    /// Nearly all are, and each letter has one.
    private static boolean isPlain(String value) {
        var end = value.length() - 1;
        if (end < 2 || end >= LONGEST || value.charAt(0) != '<' || value.charAt(end) != '>') {
            return false;
        }
        for (var i = 1; i < end; i++) {
            var c = value.charAt(i);
            if (c <= ' ' || c >= 127 || c == '<' || c == '>' || c == '(') {
                return false;
            }
        }
        return true;
    }

    /// Whether the value names anything: not when there is nothing in it but brackets, blanks of any kind and comments. What
    /// else it looks like is the app's business.
    public static boolean names(String value) {
        return isPlain(value) || Comments.without(value).chars().anyMatch(c -> c > ' ' && c != '<' && c != '>' && !Character.isSpaceChar(c));
    }
}
