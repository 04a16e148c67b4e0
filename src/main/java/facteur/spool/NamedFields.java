package facteur.spool;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.MessageId;

/// What people know of a letter, as it leaves; stored beyond its end. Not the Subject: that is content, and what a letter says
/// ends with it. Immutable.
///
/// @param messageId in angle brackets, [MessageId#LONGEST] characters at most; empty = not known
/// @param from for people, its encoded words decoded, 1,000 characters at most; empty = not known
/// @param replyTo the same of Reply-To
public record NamedFields(String messageId, String from, String replyTo) {
    static final NamedFields UNKNOWN = new NamedFields("", "", "");

    private static final int LONGEST = 1_000;

    static NamedFields of(Header header) {
        return new NamedFields(
                header.first("Message-ID").map(field -> MessageId.of(field.value())).orElse(""),
                text(header, "From"),
                text(header, "Reply-To"));
    }

    private static String text(Header header, String name) {
        var text = header.first(name).map(HeaderField::text).orElse("");
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
