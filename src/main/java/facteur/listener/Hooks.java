package facteur.listener;

import facteur.intake.SubmissionResult;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import java.net.InetAddress;
import java.util.Optional;

/// What depends on whose letters a listener takes; the verbs are the same. Each hook is called once the verb has found nothing wrong.
/// Thread-safe; may block.
interface Hooks {
    /// Why a peer gets no greeting.
    Optional<Reply> connected(InetAddress peer);

    /// Notes that a connection has begun.
    void begun(Conversation conversation);

    /// Whether a connection may be closed to make room for another. Asked by any thread.
    boolean isExpendable(Conversation conversation);

    /// Why the peer may send nothing. Asked at MAIL, before its arguments are read.
    Optional<Reply> sender(Conversation conversation);

    /// Counts a letter. Why it may not begin now.
    Optional<Reply> letter(Conversation conversation);

    /// Counts a recipient. Why it gets nothing.
    Optional<Reply> recipient(Conversation conversation, Address recipient);

    /// Takes the whole letter, or says why not: then nothing is left of it.
    ///
    /// @param bodyDigest of a body in a file, made as it arrived
    SubmissionResult take(Conversation conversation, Envelope envelope, Message message, Optional<String> bodyDigest);

    /// Journals that the letter breaks a rule.
    ///
    /// @return the reply, as given
    Reply refused(Conversation conversation, ReversePath reversePath, Reply reply);
}
