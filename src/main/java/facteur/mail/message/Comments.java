package facteur.mail.message;

/// The comments of RFC 5322 §3.2.2, in parentheses, one in the other, anywhere between the words of a structured field.
public final class Comments {
    private Comments() {}

    /// The text with a blank for each comment. One that never ends goes on to the end.
    public static String without(String text) {
        var rest = new StringBuilder(text.length());
        var depth = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (depth == 0) {
                rest.append(c);
            } else if (c == '\\') {
                i++;
            } else if (c == ')' && --depth == 0) {
                rest.append(' ');
            }
        }
        return rest.toString();
    }
}
