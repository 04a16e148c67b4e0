package facteur.intake;

import facteur.mail.message.Header;
import java.util.Optional;
import java.util.regex.Pattern;

/// The field `traceparent` of a letter: which trace of the app's it belongs to (W3C Trace Context, §3.2). It is the app's, so
/// it stays in the letter as it is; an invalid one is ignored.
final class TraceContext {
    private static final String FIELD = "traceparent";
    private static final int LENGTH = 55;

    /// Version, trace-id, parent-id, flags. Versions after 00 may say more behind a dash, but begin the same.
    private static final Pattern FORM = Pattern.compile(
            "(?:00|(?!00|ff)[0-9a-f]{2}(?=.{53}(?:-|$)))-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceContext() {}

    /// @return the part that every version has; empty when there is none, more than one, or one that is wrong
    static Optional<String> parent(Header header) {
        var fields = header.all(FIELD);
        return Optional.of(fields)
                .filter(all -> all.size() == 1)
                .map(all -> all.getFirst().value())
                .filter(value -> value.length() == LENGTH || !value.startsWith("00"))
                .filter(value -> FORM.matcher(value).lookingAt())
                .map(value -> value.substring(0, LENGTH));
    }
}
