package facteur.listener;

import facteur.app.Admission;
import facteur.app.App;
import facteur.app.AppRates;
import facteur.intake.Intake;
import facteur.intake.Submission;
import facteur.intake.SubmissionResult;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;

/// Of a listener for apps: they are known, each has its rates, and the intake decides about their letters.
final class AppHooks implements Hooks {
    private final Supplier<Admission> admission;
    private final AppRates rates;
    private final Intake intake;
    private final Journal journal;

    /// @param admission read for each letter
    AppHooks(Supplier<Admission> admission, AppRates rates, Intake intake, Journal journal) {
        this.admission = admission;
        this.rates = rates;
        this.intake = intake;
        this.journal = journal;
    }

    /// Not before MAIL: it may log in.
    @Override
    public Optional<Reply> connected(InetAddress peer) {
        return Optional.empty();
    }

    @Override
    public void begun(Conversation conversation) {
        // Known, or turned away at MAIL.
    }

    @Override
    public boolean isExpendable(Conversation conversation) {
        return false;
    }

    @Override
    public Optional<Reply> sender(Conversation conversation) {
        if (!conversation.isStillAdmitted(admission.get())) {
            return turnedAway(conversation, Replies.APP_CHANGED);
        }
        return conversation.app().isEmpty() ? turnedAway(conversation, Replies.NOT_ADMITTED) : Optional.empty();
    }

    private Optional<Reply> turnedAway(Conversation conversation, Reply reply) {
        journal.record(new MailEvent.TurnedAway(conversation.peer().getHostAddress(), conversation.helo()));
        return Optional.of(reply);
    }

    @Override
    public Optional<Reply> letter(Conversation conversation) {
        return rates.acquireLetter(app(conversation))
                ? Optional.empty()
                : Optional.of(Verb.limited(journal, "letters-per-minute", conversation, Replies.TOO_FAST));
    }

    @Override
    public Optional<Reply> recipient(Conversation conversation, Address recipient) {
        return rates.acquireRecipient(app(conversation))
                ? Optional.empty()
                : Optional.of(Verb.limited(journal, "recipients-per-minute", conversation, Replies.TOO_FAST));
    }

    @Override
    public SubmissionResult take(Conversation conversation, Envelope envelope, Message message, Optional<String> bodyDigest) {
        return intake.accept(new Submission(
                app(conversation),
                envelope,
                message,
                conversation.helo(),
                conversation.peer(),
                conversation.protocol(envelope.encoding()),
                conversation.tls(),
                bodyDigest));
    }

    @Override
    public Reply refused(Conversation conversation, ReversePath reversePath, Reply reply) {
        return intake.refuse(app(conversation), conversation.peer(), reversePath, reply);
    }

    /// The same from MAIL to the end of the letter: what could change it ends the transaction.
    private static App app(Conversation conversation) {
        return conversation.app().orElseThrow(() -> new IllegalStateException("a letter of no app"));
    }
}
