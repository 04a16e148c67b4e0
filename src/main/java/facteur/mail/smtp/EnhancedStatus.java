package facteur.mail.smtp;

import java.util.Optional;

/// An enhanced status code without its class digit (RFC 3463 §2): the class is that of the [Reply] that carries it,
/// so the two can't disagree.
///
/// @param subject 0 to 999: what the code is about (1 addressing, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content,
///     7 policy)
/// @param detail 0 to 999
public record EnhancedStatus(int subject, int detail) {
    public EnhancedStatus {
        if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("not an enhanced status: " + subject + "." + detail);
        }
    }

    /// Reads `4.7.1`, as a peer wrote it; the class digit is dropped.
    static Optional<EnhancedStatus> parse(String text) {
        var dot = text.indexOf('.', 2);
        if (dot < 0 || "245".indexOf(text.charAt(0)) < 0 || text.charAt(1) != '.') {
            return Optional.empty();
        }
        var subject = number(text, 2, dot);
        var detail = number(text, dot + 1, text.length());
        return subject < 0 || detail < 0 ? Optional.empty() : Optional.of(new EnhancedStatus(subject, detail));
    }

    /// @return -1 when it isn't one to three digits
    private static int number(String text, int from, int to) {
        if (to == from || to - from > 3) {
            return -1;
        }
        var number = 0;
        for (var i = from; i < to; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    String within(int replyClass) {
        return replyClass + "." + subject + "." + detail;
    }
}
