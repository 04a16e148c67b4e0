package facteur.upstream;

import facteur.mail.smtp.EnhancedStatus;
import facteur.mail.smtp.Reply;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Whether a reply is about the number of recipients in a transaction (RFC 5321 §4.5.3.1.10), and not about those who get it.
final class TooManyRecipients {
    /// RFC 3463 §3.6: X.5.3, too many recipients.
    private static final EnhancedStatus STATUS = new EnhancedStatus(5, 3);

    /// Exim, Sendmail and Courier without an enhanced code; "Recipient count exceeds 50" is Amazon SES, behind the dot.
    private static final Pattern TEXT = Pattern.compile(
            "too many recipients|recipient count exceeds|(?:maximum|max\\.?) (?:number of )?recipients|recipients? limit",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("recipient count exceeds (\\d{1,5})", Pattern.CASE_INSENSITIVE);

    private TooManyRecipients() {}

    /// Whether it says so.
    static boolean isSaidBy(Reply reply) {
        var isText = TEXT.matcher(reply.text()).find();
        return reply.code() >= 400
                && !Quota.isNamedBy(reply)
                && reply.enhanced().map(status -> status.equals(STATUS) || isText && isVague(status)).orElse(isText);
    }

    /// Whether it says so, or may mean it, as an answer to RCPT behind others that were taken: by RFC 5321 452 does, and 552 is
    /// to be read as 452. But hosts say both of a full mailbox, or of a full disk, too.
    static boolean isPerhapsSaidBy(Reply reply) {
        return isSaidBy(reply)
                || (reply.code() == 452 || reply.code() == 552) && reply.enhanced().isEmpty() && !Quota.isNamedBy(reply);
    }

    /// How many it allows, if it says that.
    static OptionalInt number(Reply reply) {
        var matcher = NUMBER.matcher(reply.text());
        return matcher.find() ? OptionalInt.of(Math.max(1, Integer.parseInt(matcher.group(1)))) : OptionalInt.empty();
    }

    /// X.0.0, X.5.x and X.7.x say nothing that the text could contradict; X.1.x and X.2.x are about the recipient.
    private static boolean isVague(EnhancedStatus status) {
        return status.subject() == 0 || status.subject() == 5 || status.subject() == 7;
    }
}
