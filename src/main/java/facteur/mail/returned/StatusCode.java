package facteur.mail.returned;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A status code (RFC 3463 §2).
///
/// @param kind its class: 2, 4 or 5
/// @param subject 0 to 999
/// @param detail 0 to 999
record StatusCode(int kind, int subject, int detail) {
    private static final String FORM = "([245])\\.(\\d{1,3})\\.(\\d{1,3})(?!\\d|\\.\\d)";

    /// A number on its own, not within an address of the network, or a version; hosts put words behind it.
    private static final Pattern FIELD = Pattern.compile("(?<![\\d.])" + FORM);

    /// Where a host's reply has it: at the start, or behind a reply code.
    private static final Pattern START = Pattern.compile("^(?:[245]\\d\\d[ -]+)?[#(<\\[]*" + FORM);

    /// Further on in a reply: with its number sign (Cisco's, Exchange's), or behind a reply code.
    private static final Pattern WITHIN = Pattern.compile("(?:(?<![\\w.#])#|(?<![\\w.])[245]\\d\\d[ -]+[#('\"]?)" + FORM);

    /// The first in a Status field.
    static Optional<StatusCode> ofField(String text) {
        return first(FIELD, text);
    }

    /// In a host's reply; none rather than some other number. Some hosts begin with a code of their own, that says less than
    /// the one they quote: `5.1.0 - Unknown address error 550-'5.2.2 mailbox full'` (Cisco, SES).
    static Optional<StatusCode> ofReply(String text) {
        var start = first(START, text);
        return start.filter(status -> status.detail() != 0).or(() -> first(WITHIN, text)).or(() -> start);
    }

    private static Optional<StatusCode> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().map(StatusCode::of);
    }

    private static StatusCode of(MatchResult match) {
        return new StatusCode(number(match, 1), number(match, 2), number(match, 3));
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    /// Whether it says no more than its class.
    boolean isGeneral() {
        return subject == 0 && detail == 0;
    }

    boolean is(int otherSubject, int otherDetail) {
        return subject == otherSubject && detail == otherDetail;
    }

    boolean isPermanent() {
        return kind == 5;
    }

    boolean isSameButForClass(StatusCode other) {
        return is(other.subject, other.detail);
    }

    @Override
    public String toString() {
        return kind + "." + subject + "." + detail;
    }
}
