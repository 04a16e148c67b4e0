package facteur.spool;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import facteur.mail.message.MessageId;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.ReversePath;
import java.util.List;
import java.util.regex.Pattern;

/// What people know of a letter, as it leaves; stored beyond its end. Immutable.
///
/// @param messageId in angle brackets, [MessageId#LONGEST] characters at most; empty = not known
/// @param from for people, its encoded words decoded, 1,000 characters at most; empty = not known
/// @param replyTo the same of Reply-To; where that is an address of ours, those whom it stood for when the letter left
/// @param subject the same, 200 characters at most, of a letter that leaves with a return address, so that people can be told which
///     one came back; empty of others: it is content, and what a letter says ends with it
public record NamedFields(String messageId, String from, String replyTo, String subject) {
    static final NamedFields UNKNOWN = new NamedFields("", "", "", "");

    private static final String REPLY_TO = "Reply-To";
    /// Control characters, and halves of characters.
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final int LONGEST = 1_000;
    private static final int LONGEST_SUBJECT = 200;

    /// @param reversePath that it leaves with
    static NamedFields of(Header header, ReversePath reversePath) {
        return new NamedFields(
                header.first("Message-ID").map(field -> MessageId.of(field.value())).orElse(""),
                text(header, "From", LONGEST),
                text(header, REPLY_TO, LONGEST),
                isReturnAddress(reversePath) ? text(header, "Subject", LONGEST_SUBJECT) : "");
    }

    /// As it would stand there if Reply-To held these addresses.
    static String replyTo(List<Mailbox> people) {
        return text(new Header(List.of(MailboxField.of(REPLY_TO, people))), REPLY_TO, LONGEST);
    }

    private static boolean isReturnAddress(ReversePath path) {
        return switch (path) {
            case ReversePath.Null() -> false;
            case ReversePath.Path(var address) -> ReturnAddresses.isShapedAsOurs(ReturnKind.BOUNCE, address);
        };
    }

    private static String text(Header header, String name, int longest) {
        var text = clean(header.first(name).map(HeaderField::text).orElse(""));
        return text.length() <= longest || text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /// Without what no person reads: PostgreSQL has no text with U+0000, and a letter that has one in its Subject is a letter still.
    private static String clean(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 127) {
                return UNSEEN.matcher(text).replaceAll(" ");
            }
        }
        return text;
    }

    /// The same for those who may not see what the letter says.
    NamedFields withoutSubject() {
        return new NamedFields(messageId, from, replyTo, "");
    }
}
