package facteur.upstream;

import facteur.message.Message;
import facteur.smtp.Envelope;
import facteur.smtp.ForwardPath;
import facteur.smtp.Reply;
import facteur.smtp.ReversePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One letter over one connection (RFC 5321 §3.3): MAIL, every RCPT and DATA in one flight if the peer lets us, then the
/// message if anybody was taken, and the dot. Each recipient gets an outcome of its own; what is still open when the
/// connection ends is TempFailed, or InDoubt once the dot has left.
///
/// One thread; used once.
final class Transaction {
    /// How the connection stands afterwards.
    enum Ending {
        /// Ready for another letter.
        IN_ORDER,
        /// Not to be used again.
        BROKEN,
        /// It was gone before it said a word about this letter: nothing happened.
        UNHEARD
    }

    record Result(List<Outcome> outcomes, Ending ending) {}

    /// Commands under way without having read a reply: their replies must fit the peer's send buffer, or both sides
    /// would write and neither read (RFC 2920 §3.1).
    private static final int FLIGHT = 100;

    private static final String DATA = "DATA";
    private static final int START_MAIL = 354;

    private final RelayTransport transport;
    private final Peer peer;
    private final Envelope envelope;
    private Message message;
    private final Needs needs;
    private final boolean offersDsn;
    private final @Nullable Outcome[] outcomes;
    private Stage stage = Stage.MAIL;
    private Ending ending = Ending.IN_ORDER;
    private boolean isHeard;
    private boolean isMailTaken;
    private boolean isTaken;
    private boolean isDotSent;

    Transaction(RelayTransport transport, Envelope envelope, Outgoing letter) {
        this.transport = transport;
        this.peer = transport.peer();
        this.envelope = envelope;
        this.message = letter.message();
        this.needs = new Needs(envelope, letter, transport);
        this.offersDsn = transport.supportsExtension("DSN");
        this.outcomes = new @Nullable Outcome[envelope.recipients().size()];
    }

    Result run() {
        settleUnfit();
        if (!isOpen()) {
            return result();
        }
        transport.countLetter();
        try {
            var start = sendEnvelope();
            if (isTaken) {
                sendMessage(start.isPresent() ? start.get() : askForData());
            } else if (start.isPresent() && start.get().code() == START_MAIL) {
                sendNothing();
            } else if (isMailTaken) {
                reset();
            }
        } catch (LostConnection lost) {
            ending = !isHeard && lost.manner() != LostConnection.Manner.GARBLED ? Ending.UNHEARD : Ending.BROKEN;
            settle(isDotSent ? new Outcome.InDoubt(lost.reason()) : new Outcome.TempFailed(stage, lost.reason()));
        }
        return result();
    }

    /// What the upstream can't carry, and we don't change.
    private void settleUnfit() {
        switch (needs.fitted()) {
            case Needs.Fitted.Fit(var fit) -> message = fit;
            case Needs.Fitted.Unfit(var outcome) -> settle(outcome);
        }
        for (var i = 0; i < outcomes.length; i++) {
            var recipient = i;
            needs.refusal(envelope.recipients().get(i))
                    .ifPresent(reply -> settle(recipient, new Outcome.PermFailed(Stage.RCPT, reply)));
        }
    }

    /// @return the reply to DATA, if that was sent along
    private Optional<Reply> sendEnvelope() throws LostConnection {
        var commands = new ArrayList<String>();
        var recipients = new ArrayList<Integer>();
        commands.add(mail());
        for (var i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                commands.add(rcpt(envelope.recipients().get(i)));
                recipients.add(i);
            }
        }
        var isPipelined = transport.supportsExtension("PIPELINING");
        var flight = isPipelined ? FLIGHT : 1;
        for (var from = 0; from < commands.size() && isOpen(); from += flight) {
            var to = Math.min(from + flight, commands.size());
            var isWithData = isPipelined && to == commands.size();
            var sent = new ArrayList<>(commands.subList(from, to));
            if (isWithData) {
                sent.add(DATA);
            }
            transport.send(sent);
            for (var i = from; i < to; i++) {
                var reply = hear();
                if (i == 0) {
                    hearMail(reply);
                } else {
                    hearRecipient(recipients.get(i - 1), reply);
                }
                stage = Stage.RCPT;
            }
            if (isWithData) {
                stage = Stage.DATA;
                return Optional.of(hear());
            }
        }
        return Optional.empty();
    }

    private void hearMail(Reply reply) {
        if (reply.isPositive()) {
            isMailTaken = true;
        } else {
            settle(failure(Stage.MAIL, reply));
        }
    }

    private void hearRecipient(int recipient, Reply reply) {
        if (!reply.isPositive()) {
            settle(recipient, failure(Stage.RCPT, reply));
        } else if (isMailTaken) {
            isTaken = true;
        }
    }

    private Reply askForData() throws LostConnection {
        stage = Stage.DATA;
        transport.send(List.of(DATA));
        return hear();
    }

    /// @param start the reply to DATA
    private void sendMessage(Reply start) throws LostConnection {
        if (start.code() != START_MAIL) {
            settle(failure(Stage.DATA, start));
            reset();
            return;
        }
        transport.write(message);
        stage = Stage.END_OF_DATA;
        try {
            transport.end();
        } catch (LostConnection lost) {
            isDotSent = !transport.hasFailedWriting();
            throw lost;
        }
        isDotSent = true;
        var end = transport.endReply();
        // RFC 5321 §4.2.1: any 2yz is a yes.
        settle(end.isPositive() ? relayed(end) : failure(Stage.END_OF_DATA, end));
        if (end.code() == 421) {
            ending = Ending.BROKEN;
        }
    }

    /// The peer waits for a message to nobody (RFC 2920 §3.1): it gets an empty one. What it says to that concerns no letter.
    private void sendNothing() {
        try {
            transport.end();
            if (transport.endReply().code() == 421) {
                ending = Ending.BROKEN;
            }
        } catch (LostConnection lost) {
            ending = Ending.BROKEN;
        }
    }

    /// Forgets the letter (RFC 5321 §4.1.1.5). Every outcome is known by now: a failure costs the connection only.
    private void reset() {
        try {
            if (!transport.ask("RSET").isPositive()) {
                ending = Ending.BROKEN;
            }
        } catch (LostConnection lost) {
            ending = Ending.BROKEN;
        }
    }

    private Reply hear() throws LostConnection {
        var reply = transport.reply();
        checkNotClosing(reply);
        isHeard = true;
        return reply;
    }

    /// 421 may come at any command (RFC 5321 §3.8), and nothing after it.
    private static void checkNotClosing(Reply reply) throws LostConnection {
        if (reply.code() == 421) {
            throw new LostConnection(LostConnection.Manner.CUT, new Cause.Answer(reply));
        }
    }

    private Outcome relayed(Reply reply) {
        return new Outcome.Relayed(
                reply, offersDsn ? Outcome.SuccessReport.BY_UPSTREAM : Outcome.SuccessReport.BY_US, Optional.of(peer));
    }

    private Outcome failure(Stage where, Reply reply) {
        if (reply.code() < 400) {
            ending = Ending.BROKEN;
        }
        // RFC 5321 §4.5.3.1.10: 552 at RCPT means too many recipients, as 452. RFC 4954 §6: 530 is about our login.
        var isPermanent = reply.isPermanent() && reply.code() != 530 && !(where == Stage.RCPT && reply.code() == 552);
        return isPermanent
                ? new Outcome.PermFailed(where, reply)
                : new Outcome.TempFailed(where, new Cause.Answer(reply));
    }

    private String mail() {
        var command = new StringBuilder("MAIL FROM:<");
        if (envelope.reversePath() instanceof ReversePath.Path(var address)) {
            command.append(address.wire());
        }
        command.append('>');
        if (transport.supportsExtension("SIZE")) {
            command.append(" SIZE=").append(message.sizeBytes());
        }
        if (needs.isEightBit()) {
            command.append(" BODY=8BITMIME");
        }
        if (needs.isUtf8()) {
            command.append(" SMTPUTF8");
        }
        if (offersDsn) {
            envelope.dsn().returnContent().ifPresent(content -> command.append(" RET=").append(content));
            envelope.dsn().envelopeId().ifPresent(id -> command.append(" ENVID=").append(id.encoded()));
        }
        return command.toString();
    }

    /// RFC 3461 §5.2.1: what the app said goes on as it was; what it didn't say is not made up.
    private String rcpt(ForwardPath recipient) {
        var command = new StringBuilder("RCPT TO:<").append(recipient.address().wire()).append('>');
        if (offersDsn) {
            recipient.reports().ifPresent(given -> command.append(" NOTIFY=").append(given));
            recipient.original().ifPresent(given -> command.append(" ORCPT=").append(needs.isUtf8() ? given : given.toAscii()));
        }
        return command.toString();
    }

    private boolean isOpen() {
        return Arrays.stream(outcomes).anyMatch(Objects::isNull);
    }

    private void settle(int recipient, Outcome outcome) {
        if (outcomes[recipient] == null) {
            outcomes[recipient] = outcome;
        }
    }

    /// For every recipient that has no outcome yet.
    private void settle(Outcome outcome) {
        for (var i = 0; i < outcomes.length; i++) {
            settle(i, outcome);
        }
    }

    private Result result() {
        return new Result(Arrays.stream(outcomes).map(Objects::requireNonNull).toList(), ending);
    }
}
