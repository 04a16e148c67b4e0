package facteur.bench;

import facteur.fixture.AppConnection;
import facteur.mail.smtp.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An app that sends the next letter that has not been sent, over one connection as long as it holds. It sends none twice:
/// so a second copy at the upstream is the relay's. For one thread.
final class CrashApp implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;

    private final AtomicInteger next;
    private final int letters;
    private final CrashLedger ledger;
    private final Supplier<OptionalInt> relay;
    private final Duration pause;
    private @Nullable AppConnection connection;

    /// @param next the first letter that has not been sent
    /// @param relay its port, while one runs
    /// @param pause after each letter
    CrashApp(AtomicInteger next, int letters, CrashLedger ledger, Supplier<OptionalInt> relay, Duration pause) {
        this.next = next;
        this.letters = letters;
        this.ledger = ledger;
        this.relay = relay;
        this.pause = pause;
    }

    void sendAll() throws InterruptedException, IOException {
        while (next.get() < letters) {
            var open = connected();
            if (open == null) {
                Thread.sleep(PAUSE_MILLIS);
                continue;
            }
            var number = next.getAndIncrement();
            if (number < letters) {
                send(open, new CrashLetter(number));
                Thread.sleep(pause);
            }
        }
    }

    private @Nullable AppConnection connected() {
        if (connection == null && relay.get().isPresent()) {
            try {
                connection = AppConnection.greeted(relay.get().getAsInt());
            } catch (IOException killed) {
                // The next one, then.
            }
        }
        return connection;
    }

    private void send(AppConnection open, CrashLetter letter) throws IOException {
        try {
            var reply = letter.isInChunks() ? inChunks(open, letter) : open.submit("<jan@dupont.example>", letter.recipients(), letter.octets());
            ledger.answered(
                    letter.number(), reply.code() == 250 ? CrashLedger.Answer.ACKNOWLEDGED : CrashLedger.Answer.REFUSED);
            if (reply.code() != 250) {
                System.err.println("letter " + letter.number() + ": " + reply);
                open.say("RSET");
            }
        } catch (IOException killed) {
            close();
        }
    }

    private static Reply inChunks(AppConnection open, CrashLetter letter) throws IOException {
        open.say("MAIL FROM:<jan@dupont.example>");
        for (var recipient : letter.recipients()) {
            open.say("RCPT TO:<" + recipient + ">");
        }
        var octets = letter.octets();
        open.send(AppConnection.chunk(Arrays.copyOf(octets, octets.length / 2), ""));
        var reply = open.reply();
        if (reply.code() != 250) {
            return reply;
        }
        open.send(AppConnection.chunk(Arrays.copyOfRange(octets, octets.length / 2, octets.length), " LAST"));
        return open.reply();
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
