package facteur.listener;

import facteur.intake.SubmissionResult;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.returns.ArrivedReturn;
import facteur.returns.CheckedDoor;
import facteur.returns.ReturnDoor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// Of a listener for returns: any host may send, to the few addresses that the door knows, and to none beyond.
final class ReturnHooks implements Hooks {
    /// How long a host has in any case to name a return address. Few need a second.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReturnDoor door;
    private final NetworkRates rates;
    private final Journal journal;

    /// @param rates of the networks; shared with the other listeners for returns
    ReturnHooks(ReturnDoor door, NetworkRates rates, Journal journal) {
        this.door = door;
        this.rates = rates;
        this.journal = journal;
    }

    @Override
    public Optional<Reply> connected(InetAddress peer) {
        if (rates.acquireConnection(peer)) {
            return Optional.empty();
        }
        journal.record(new MailEvent.Limited("connections-per-minute", peer.getHostAddress(), ""));
        return Optional.of(Replies.TOO_MANY_CONNECTIONS);
    }

    @Override
    public void begun(Conversation conversation) {
        conversation.begunAt(rates.now());
    }

    /// One that has named no return address in all this time: by its age, since NOOP is no reason to stay.
    @Override
    public boolean isExpendable(Conversation conversation) {
        return !conversation.isVouchedFor() && !rates.now().isBefore(conversation.begunAt().plus(PATIENCE));
    }

    @Override
    public Optional<Reply> sender(Conversation conversation) {
        return Optional.empty();
    }

    @Override
    public Optional<Reply> letter(Conversation conversation) {
        return rates.acquireLetter(conversation.peer())
                ? Optional.empty()
                : Optional.of(Verb.limited(journal, "letters-per-minute", conversation, Replies.TOO_FAST));
    }

    @Override
    public Optional<Reply> recipient(Conversation conversation, Address recipient) {
        var refusal = door.refusal(recipient);
        refusal.ifPresent(reply -> journal.record(new MailEvent.RecipientRefused(
                conversation.peer().getHostAddress(), conversation.helo(), recipient.toString(), reply.toString())));
        if (refusal.isEmpty() && !CheckedDoor.isCaretakersName(recipient)) {
            conversation.vouch();
        }
        return refusal;
    }

    @Override
    public SubmissionResult take(Conversation conversation, Envelope envelope, Message message, Optional<String> bodyDigest) {
        var isTaken = false;
        try {
            var result = door.accept(new ArrivedReturn(
                    envelope,
                    daemon(conversation),
                    message,
                    conversation.helo(),
                    conversation.peer(),
                    conversation.protocol(envelope.encoding()),
                    conversation.tls()));
            switch (result) {
                case SubmissionResult.Queued _, SubmissionResult.Duplicate _ -> isTaken = true;
                case SubmissionResult.Refused(var reply) -> journal(conversation, envelope.reversePath(), reply);
            }
            return result;
        } finally {
            if (!isTaken) {
                message.body().discard();
            }
        }
    }

    @Override
    public Reply refused(Conversation conversation, ReversePath reversePath, Reply reply) {
        journal(conversation, reversePath, reply);
        return reply;
    }

    private void journal(Conversation conversation, ReversePath reversePath, Reply reply) {
        journal.record(new MailEvent.Refused("", conversation.peer().getHostAddress(), daemon(conversation).orElseGet(reversePath::toString),
                reply.toString()));
    }

    private static Optional<String> daemon(Conversation conversation) {
        return conversation.transaction().flatMap(Transaction::daemon);
    }
}
