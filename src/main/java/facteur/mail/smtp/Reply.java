package facteur.mail.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An SMTP reply (RFC 5321 §4.2) with its enhanced status code (RFC 2034), ours or a peer's.
///
/// Text is cleaned when the reply is made: no control characters (a reply never smuggles a line), US-ASCII only, lines
/// cut at 400 characters (RFC 5321 §4.5.3.1.5 allows 512 octets in all).
///
/// @param code 200 to 599
/// @param enhanced empty for the few replies that have none: greeting, EHLO, 354 (RFC 2034 §4), and peers that send none
/// @param lines at least one, each without code and line end
public record Reply(int code, Optional<EnhancedStatus> enhanced, List<String> lines) {
    private static final int LINE_LIMIT = 400;
    private static final int LINES_LIMIT = 50;
    private static final int CODE_LENGTH = 3;

    public Reply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("not a reply code: " + code);
        }
        lines = switch (lines.size()) {
            case 0 -> List.of("");
            case 1 -> List.of(clean(lines.getFirst()));
            default -> lines.stream().limit(LINES_LIMIT).map(Reply::clean).toList();
        };
    }

    public static Reply of(int code, int subject, int detail, String text) {
        return new Reply(code, Optional.of(new EnhancedStatus(subject, detail)), List.of(text));
    }

    /// A reply without an enhanced status code.
    public static Reply plain(int code, String... lines) {
        return new Reply(code, Optional.empty(), List.of(lines));
    }

    /// Reads a peer's whole reply, one or more lines.
    ///
    /// @return empty when it isn't one: the lines differ in code, the last one announces another, an earlier one doesn't
    public static Optional<Reply> parse(String response) {
        var code = "";
        Optional<EnhancedStatus> enhanced = Optional.empty();
        var texts = new ArrayList<String>(1);
        for (var start = 0; start < response.length();) {
            var end = lineEnd(response, start);
            var line = response.substring(start, end);
            start = end + (response.startsWith("\r\n", end) ? 2 : 1);
            var isLast = start >= response.length();
            if (!isLine(line) || line.startsWith("-", CODE_LENGTH) == isLast || !line.startsWith(code)) {
                return Optional.empty();
            }
            code = line.substring(0, CODE_LENGTH);
            var text = line.length() == CODE_LENGTH ? "" : clean(line.substring(CODE_LENGTH + 1));
            var space = text.indexOf(' ');
            // RFC 3463 §2 knows no class 3.
            var status = code.startsWith("3")
                    ? Optional.<EnhancedStatus>empty()
                    : EnhancedStatus.parse(space < 0 ? text : text.substring(0, space));
            if (status.isPresent()) {
                enhanced = enhanced.isPresent() ? enhanced : status;
                text = space < 0 ? "" : text.substring(space + 1);
            }
            texts.add(text);
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(new Reply(Integer.parseInt(code), enhanced, texts));
    }

    private static int lineEnd(String text, int from) {
        var i = from;
        while (i < text.length() && text.charAt(i) != '\r' && text.charAt(i) != '\n') {
            i++;
        }
        return i;
    }

    /// Whether there is a code, and a blank or a hyphen behind it if anything is; the text may hold any octet.
    private static boolean isLine(String line) {
        return line.length() >= CODE_LENGTH
                && line.charAt(0) >= '2'
                && line.charAt(0) <= '5'
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == CODE_LENGTH || " -".indexOf(line.charAt(CODE_LENGTH)) >= 0);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public boolean isPositive() {
        return code < 300;
    }

    public boolean isTransient() {
        return code >= 400 && code < 500;
    }

    public boolean isPermanent() {
        return code >= 500;
    }

    /// `5.7.1`, or empty.
    public String status() {
        return enhanced.map(status -> status.within(code / 100)).orElse("");
    }

    public String text() {
        return String.join(" ", lines);
    }

    /// The octets on the wire, CRLF between lines and none behind the last.
    public String wire() {
        var prefix = enhanced.isPresent() ? status() + " " : "";
        var last = lines.size() - 1;
        var wire = new StringBuilder(80);
        for (var i = 0; i <= last; i++) {
            wire.append(code).append(i < last ? '-' : ' ').append(prefix).append(lines.get(i)).append(i < last ? "\r\n" : "");
        }
        return wire.toString();
    }

    /// One line for logs and bounces: `550 5.7.1 text of all lines`.
    @Override
    public String toString() {
        return code + (enhanced.isPresent() ? " " + status() : "") + (text().isEmpty() ? "" : " " + text());
    }

    private static String clean(String text) {
        return isClean(text) ? text : cleaned(text);
    }

    /// Nearly every line is.
    private static boolean isClean(String text) {
        if (text.length() > LINE_LIMIT) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String cleaned(String text) {
        return text.codePoints()
                .limit(LINE_LIMIT)
                .mapToObj(c -> c >= ' ' && c < 127 ? Character.toString(c) : c < ' ' ? " " : "?")
                .collect(Collectors.joining());
    }
}
