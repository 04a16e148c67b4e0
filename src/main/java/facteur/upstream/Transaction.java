package facteur.upstream;

import facteur.mail.message.Message;
import facteur.mail.smtp.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One letter over one connection, once, for some of its recipients (RFC 5321 §3.3): MAIL, every RCPT and DATA in one flight
/// if the peer lets us, then the message if any was taken, and the dot. Each recipient gets an outcome of its own; what is
/// still open when the connection ends is TempFailed, or InDoubt once the dot has left.
///
/// A recipient that is one too many for the transaction remains open, and so do all when the connection, having served before, says
/// something of itself before the message begins.
///
/// One thread; used once. Longer than other files: the states of one dialogue are read together.
final class Transaction {
    /// How the connection stands afterwards.
    enum Ending {
        /// Ready for another letter.
        IN_ORDER,
        /// Not to be used again.
        BROKEN,
        /// Not to be used again, and it was about itself: those still open have a right to another.
        SPENT
    }

    /// Commands on their way without having read a reply: their replies must fit the peer's send buffer, or both sides
    /// would write and neither read (RFC 2920 §3.1).
    private static final int FLIGHT = 100;

    private static final String DATA = "DATA";
    private static final int START_MAIL = 354;

    private final RelayTransport transport;
    private final LetterWriter writer;
    private final EnvelopeCommands commands;
    private final Message message;
    private final OpenRecipients recipients;
    private final List<Integer> asked;
    private final GroupSize group;
    private final boolean isUsed;
    private final BooleanSupplier isOurs;
    private final List<Integer> taken = new ArrayList<>();

    /// Those that may be one too many.
    private final Map<Integer, Reply> surplus = new LinkedHashMap<>();

    private Stage stage = Stage.MAIL;
    private Ending ending = Ending.IN_ORDER;
    private boolean isMailTaken;
    private boolean isMessageBegun;

    /// Of those asked, how many were answered.
    private int heard;

    /// @param asked those of the recipients that it is for
    /// @param group learns how many the peer takes
    /// @param isOurs whether the letter may be sent still
    Transaction(
            RelayTransport transport,
            EnvelopeCommands commands,
            Message message,
            OpenRecipients recipients,
            List<Integer> asked,
            GroupSize group,
            BooleanSupplier isOurs) {
        this.transport = transport;
        this.writer = transport.writer();
        this.commands = commands;
        this.message = message;
        this.recipients = recipients;
        this.asked = asked;
        this.group = group;
        this.isOurs = isOurs;
        this.isUsed = transport.hasServed();
    }

    Ending run() {
        if (!isOurs.getAsBoolean()) {
            recipients.settleAll(Upstream.Progress.NOT_OURS);
            return ending;
        }
        if (isUsed && transport.isOutOfStep()) {
            return Ending.SPENT;
        }
        transport.countLetter();
        try {
            var start = sendEnvelope();
            if (ending == Ending.SPENT) {
                return ending;
            }
            if (!taken.isEmpty()) {
                sendMessage(start.isPresent() ? start.get() : askForData());
            } else if (start.isPresent() && start.get().code() == START_MAIL) {
                sendNothing();
            } else if (isMailTaken) {
                reset();
            }
            settleSurplus();
        } catch (LostConnection lost) {
            end(lost);
        }
        return ending;
    }

    /// @return the reply to DATA, if that was sent along
    private Optional<Reply> sendEnvelope() throws LostConnection {
        var isPipelined = transport.extensions().offers("PIPELINING");
        var flight = isPipelined ? FLIGHT : 1;
        for (var from = -1; from < asked.size() && isGoingOn(); from += flight) {
            var to = Math.min(from + flight, asked.size());
            var isWithData = isPipelined && to == asked.size();
            var sent = commands(from, to);
            if (isWithData) {
                sent.add(DATA);
            }
            transport.send(sent);
            for (var i = from; i < to; i++) {
                var reply = hear();
                if (i < 0) {
                    hearMail(reply);
                } else {
                    hearRecipient(asked.get(i), reply);
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

    /// @param from −1 for MAIL
    private List<String> commands(int from, int to) {
        var sent = new ArrayList<String>(to - from + 1);
        for (var i = from; i < to; i++) {
            sent.add(i < 0 ? commands.mail() : commands.rcpt(asked.get(i)));
        }
        return sent;
    }

    /// Whether there is a use in asking for more recipients.
    private boolean isGoingOn() {
        return ending == Ending.IN_ORDER && (stage == Stage.MAIL || isMailTaken) && surplus.isEmpty();
    }

    private void hearMail(Reply reply) {
        if (reply.isPositive()) {
            isMailTaken = true;
        } else if (isOfConnection(Stage.MAIL, reply)) {
            ending = Ending.SPENT;
        } else {
            recipients.settleAll(failure(Stage.MAIL, reply));
        }
    }

    private void hearRecipient(int recipient, Reply reply) {
        heard++;
        if (!isMailTaken) {
            return;
        }
        if (reply.isPositive()) {
            taken.add(recipient);
            if (!surplus.isEmpty()) {
                acquitThoseBefore();
            }
        } else if (TooManyRecipients.isSaidBy(reply) || (isUsed || !taken.isEmpty()) && TooManyRecipients.isPerhapsSaidBy(reply)) {
            surplus.put(recipient, reply);
        } else if (isOfConnection(Stage.RCPT, reply)) {
            ending = Ending.SPENT;
        } else {
            recipients.settle(recipient, failure(Stage.RCPT, reply));
        }
    }

    /// Those before one that was taken weren't one too many, unless they were said to be.
    private void acquitThoseBefore() {
        surplus.entrySet().removeIf(entry -> {
            var isItsOwn = !TooManyRecipients.isSaidBy(entry.getValue());
            if (isItsOwn) {
                recipients.settle(entry.getKey(), failure(Stage.RCPT, entry.getValue()));
            }
            return isItsOwn;
        });
    }

    /// When none was taken, none was one too many for the transaction. There may have been too many on the connection; on a
    /// fresh one, the peer wants no more of us for now.
    private void settleSurplus() {
        if (surplus.isEmpty()) {
            return;
        }
        var first = surplus.entrySet().iterator().next();
        if (!taken.isEmpty()) {
            group.suspect(first.getKey(), taken.size());
        } else if (isUsed) {
            group.acquit();
            ending = Ending.SPENT;
        } else {
            recipients.settleAll(failure(Stage.RCPT, first.getValue()));
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
            if (isOfConnection(Stage.DATA, start)) {
                ending = Ending.SPENT;
            } else {
                refused(Stage.DATA, start);
                reset();
            }
            return;
        }
        isMessageBegun = true;
        writer.write(message);
        if (!isOurs.getAsBoolean()) {
            // Without a dot the peer drops what it has got (RFC 5321 §4.1.1.4).
            recipients.settleAll(Upstream.Progress.NOT_OURS);
            ending = Ending.BROKEN;
            return;
        }
        stage = Stage.END_OF_DATA;
        writer.end();
        var end = transport.replyWithin(writer.endTimeout());
        // RFC 5321 §4.2.1: any 2yz is a yes.
        if (end.isPositive()) {
            recipients.settle(taken, relayed(end));
        } else {
            refused(Stage.END_OF_DATA, end);
        }
        if (end.code() == 421) {
            ending = Ending.BROKEN;
        }
    }

    /// All at once. A peer that counts recipients only now gets fewer of them next.
    private void refused(Stage where, Reply reply) {
        if (taken.size() > 1 && TooManyRecipients.isSaidBy(reply)) {
            var fewer = TooManyRecipients.number(reply).orElse(taken.size() / 2);
            group.suspect(taken.getFirst(), Math.min(fewer, taken.size() - 1));
        } else {
            recipients.settle(taken, failure(where, reply));
        }
    }

    private Outcome relayed(Reply reply) {
        var report = transport.extensions().offers("DSN") ? Outcome.SuccessReport.BY_UPSTREAM : Outcome.SuccessReport.BY_US;
        return new Outcome.Relayed(reply, report, Optional.of(transport.peer()));
    }

    private Outcome failure(Stage where, Reply reply) {
        if (reply.code() < 400) {
            ending = Ending.BROKEN;
        }
        return Outcome.refused(where, reply);
    }

    /// The peer waits for a message without recipients (RFC 2920 §3.1): it gets an empty one. What it says to that concerns no letter.
    private void sendNothing() {
        try {
            writer.end();
            if (transport.replyWithin(writer.endTimeout()).code() == 421) {
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
        // 421 may come at any command (RFC 5321 §3.8), and nothing after it.
        if (reply.code() == 421) {
            throw new LostConnection(LostConnection.Manner.CUT, new FailureCause.Answer(reply));
        }
        return reply;
    }

    private boolean isOfConnection(Stage where, Reply reply) {
        return isUsed && StaleConnection.isSaidBy(where, reply);
    }

    private void end(LostConnection lost) {
        var isSurplus = !taken.isEmpty() && !surplus.isEmpty();
        if (!isMessageBegun && (isSurplus || isUsed && StaleConnection.isShownBy(stage, lost))) {
            // Some hosts hang up after the tenth recipient too many.
            settleSurplus();
            ending = Ending.SPENT;
            return;
        }
        if (isOneTooMany(lost)) {
            // Without a word it may be anything: half as many, then, rather than one less each time.
            var isSaid = lost.reason() instanceof FailureCause.Answer;
            group.suspect(asked.get(heard), isSaid ? taken.size() : Math.min(taken.size(), asked.size() / 2));
            ending = Ending.SPENT;
            return;
        }
        ending = Ending.BROKEN;
        if (isMessageBegun) {
            recipients.settle(taken, interrupted(lost));
        } else {
            recipients.settle(asked, new Outcome.TempFailed(stage, lost.reason()));
        }
    }

    /// Whether the peer has ended the connection where it had taken some and was asked for one more: by a 421 that says so, or
    /// without a word.
    private boolean isOneTooMany(LostConnection lost) {
        return stage == Stage.RCPT
                && !taken.isEmpty()
                && heard < asked.size()
                && lost.manner() == LostConnection.Manner.CUT
                && (!(lost.reason() instanceof FailureCause.Answer(var reply)) || TooManyRecipients.isSaidBy(reply));
    }

    private Outcome interrupted(LostConnection lost) {
        if (writer.isDotSent()) {
            return new Outcome.InDoubt(lost.reason());
        }
        return lost.reason() instanceof FailureCause.Answer(var reply)
                ? failure(Stage.DATA, reply)
                : new Outcome.TempFailed(Stage.DATA, lost.reason());
    }
}
