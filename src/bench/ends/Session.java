import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** One connection of the relay to an upstream. For one thread. */
final class Session {
    private static final int MUTE_SHARE = 10;

    private final Wire wire;
    private final Supplier<Mood> mood;
    private final Ledger ledger;
    private int recipients;

    Session(Wire wire, Supplier<Mood> mood, Ledger ledger) {
        this.wire = wire;
        this.mood = mood;
        this.ledger = ledger;
    }

    void run() throws IOException {
        if (mood.get() == Mood.BUSY) {
            wire.say("421 4.3.2 too busy");
            return;
        }
        wire.say("220 sink.example ESMTP");
        var goesOn = true;
        while (goesOn) {
            wire.next();
            goesOn = obey();
            if (!goesOn || !wire.hasMore()) {
                wire.flush();
            }
        }
    }

    private boolean obey() throws IOException {
        if (wire.startsWith("EHLO")) {
            wire.add("250-sink.example");
            wire.add("250-PIPELINING");
            wire.add("250-ENHANCEDSTATUSCODES");
            wire.add("250 8BITMIME");
        } else if (wire.startsWith("MAIL")) {
            recipients = 0;
            if (mood.get() == Mood.BUSY) {
                wire.add("421 4.3.2 too busy");
                return false;
            }
            wire.add("250 2.1.0 go on");
        } else if (wire.startsWith("RCPT")) {
            recipient();
        } else if (wire.startsWith("DATA")) {
            return data();
        } else if (wire.startsWith("RSET")) {
            recipients = 0;
            wire.add("250 2.0.0 forgotten");
        } else if (wire.startsWith("QUIT")) {
            wire.add("221 2.0.0 bye");
            return false;
        } else {
            wire.add("500 5.5.2 what?");
        }
        return true;
    }

    private void recipient() {
        if (mood.get() == Mood.FULL) {
            ledger.full();
            wire.add("450 4.2.2 mailbox full");
        } else {
            recipients++;
            wire.add("250 2.1.5 go on");
        }
    }

    private boolean data() throws IOException {
        if (recipients == 0) {
            wire.add("503 5.5.1 for whom?");
            return true;
        }
        wire.say("354 go on");
        var number = -1;
        var due = 0L;
        for (wire.next(); !wire.is(""); wire.next()) {
            if (wire.startsWith(Wire.NUMBER)) {
                number = Math.toIntExact(wire.number(Wire.NUMBER));
            } else if (wire.startsWith(Wire.DUE)) {
                due = wire.number(Wire.DUE);
            }
        }
        if (mood.get() == Mood.CUT) {
            return false;
        }
        do {
            wire.next();
        } while (!wire.is("."));
        if (mood.get() == Mood.DEFER) {
            wire.add("451 4.3.0 try again later");
            return true;
        }
        ledger.arrived(number, due);
        if (mood.get() == Mood.MUTE && ThreadLocalRandom.current().nextInt(MUTE_SHARE) == 0) {
            return false;
        }
        wire.say("250 2.0.0 taken");
        ledger.answered(number);
        return true;
    }
}
