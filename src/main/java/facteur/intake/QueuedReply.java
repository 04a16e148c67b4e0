package facteur.intake;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Reply;
import java.util.List;
import java.util.regex.Pattern;

/// The reply to a letter that is on disk. It names the queue id in the form that Postfix has made usual: mail libraries
/// (PHPMailer, for one) look for it. It is read back only where it came over a socket; within the relay
/// [SubmissionResult.Queued] carries the id.
public final class QueuedReply {
    private static final String TEXT = "Ok: queued as ";

    /// At the start of a line: what stands further on may be an app's words.
    private static final Pattern FORM =
            Pattern.compile("^(?:250[ -])?(?:2\\.0\\.0 )?" + TEXT + "([0-9a-z]{16})\\b", Pattern.MULTILINE);

    private QueuedReply() {}

    static Reply of(QueueId id) {
        return Reply.of(250, 0, 0, TEXT + id);
    }

    /// The queue ids in replies, which may have lost their codes: one per accepted letter, in order.
    public static List<QueueId> queueIds(String replies) {
        return FORM.matcher(replies).results().flatMap(found -> QueueId.parse(found.group(1)).stream()).toList();
    }
}
