package facteur.mail.smtp;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How much of a letter its report gives back: the RET parameter of MAIL (RFC 3461 §4.3).
public enum ReturnContent {
    FULL,
    HDRS;

    public static Optional<ReturnContent> parse(String text) {
        var upper = text.toUpperCase(Locale.ROOT);
        return Stream.of(values()).filter(each -> each.name().equals(upper)).findFirst();
    }
}
