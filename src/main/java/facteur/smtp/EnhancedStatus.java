package facteur.smtp;

import java.util.Optional;
import java.util.regex.Pattern;

/// An enhanced status code without its class digit (RFC 3463 §2): the class is that of the [Reply] that carries it,
/// so the two can't disagree.
///
/// @param subject 0 to 999: what the code is about (1 addressing, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content,
///     7 policy)
/// @param detail 0 to 999
public record EnhancedStatus(int subject, int detail) {
    private static final Pattern FORM = Pattern.compile("[245]\\.(\\d{1,3})\\.(\\d{1,3})");

    public EnhancedStatus {
        if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("not an enhanced status: " + subject + "." + detail);
        }
    }

    /// Reads `4.7.1`, as a peer wrote it; the class digit is dropped.
    static Optional<EnhancedStatus> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new EnhancedStatus(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    String within(int replyClass) {
        return replyClass + "." + subject + "." + detail;
    }
}
