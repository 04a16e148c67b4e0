package facteur.mail.mime;

import java.util.ArrayList;
import java.util.List;

/// A field's value as MIME writes it (RFC 2045 §5.1): pieces with semicolons between, comments and quotes among them.
public final class StructuredValue {
    private final List<String> pieces = new ArrayList<>();
    private boolean isClosed = true;

    /// @param text unfolded
    public StructuredValue(String text) {
        var piece = new StringBuilder();
        var comments = 0;
        var isQuoted = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\' && (isQuoted || comments > 0) && i + 1 < text.length()) {
                i++;
                if (isQuoted) {
                    piece.append(c).append(text.charAt(i));
                }
            } else if (comments > 0) {
                comments += c == '(' ? 1 : c == ')' ? -1 : 0;
            } else if (c == '"') {
                isQuoted = !isQuoted;
                piece.append(c);
            } else if (isQuoted) {
                piece.append(c);
            } else if (c == '(') {
                comments++;
            } else if (c == ';') {
                pieces.add(piece.toString().strip());
                piece.setLength(0);
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString().strip());
        isClosed = !isQuoted && comments == 0;
    }

    /// What stands before the first semicolon.
    public String first() {
        return pieces.getFirst();
    }

    /// `name=value`, the value perhaps quoted.
    public List<String> parameters() {
        return pieces.subList(1, pieces.size());
    }

    /// Whether every quote and comment ends.
    boolean isClosed() {
        return isClosed;
    }
}
