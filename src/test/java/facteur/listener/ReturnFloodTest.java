package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.Forger;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.intake.SubmissionResult;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueIds;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKey;
import facteur.mail.returnpath.ReturnKeys;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import facteur.returns.ArrivedReturn;
import facteur.returns.CheckedDoor;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Strangers of many networks guess addresses, and one host has a report for a real one. `facteur.bench.ReturnFlood` measures it.
@Timeout(60)
final class ReturnFloodTest {
    private static final String DOMAIN = "return.example.org";
    /// A second, on a machine that does nothing else.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int GUESSERS = 10;
    private static final int CONNECTIONS_EACH = 30;

    private static final ReturnKeys KEYS =
            new ReturnKeys(List.of(new ReturnKey(0, ReturnKey.newSecret(new SecureRandom()), Instant.EPOCH)));
    private static final ReturnAddresses OURS = new ReturnAddresses(new ReturnAddresses.Domains(DOMAIN, Optional.empty()), () -> KEYS);

    private final QueueIds ids = new QueueIds(new TestTime(), new SecureRandom());
    private final AtomicInteger lookups = new AtomicInteger();
    private final RecordingJournal journal = new RecordingJournal();

    private final ReturnDoor door = new CheckedDoor(() -> Optional.of(OURS), new ReturnDoor() {
        @Override
        public Optional<Reply> refusal(Address recipient) {
            lookups.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public SubmissionResult accept(ArrivedReturn arrived) {
            return new SubmissionResult.Queued(ids.next());
        }
    });

    @Test
    void aRealReportGetsThrough() throws Exception {
        var listener = new ReturnListener(door, journal).hasty("tls: none, proxy-from: [127.0.0.0/8]");
        var refused = new AtomicInteger();
        var forger = new Forger(listener.port(), DOMAIN, 200);
        try (var guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < GUESSERS; i++) {
                var _ = guessers.submit(() -> {
                    for (var j = 0; j < CONNECTIONS_EACH; j++) {
                        refused.addAndGet(forger.guess());
                    }
                    return refused;
                });
            }
            for (var i = 0; i < 3; i++) {
                var start = System.nanoTime();
                assertThat(report(listener.port(), OURS.of(ReturnKind.BOUNCE, ids.next()).orElseThrow())).startsWith("250 2.0.0 Ok: queued as ");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
            }
        } finally {
            listener.close();
        }
        assertThat(refused).hasValue(GUESSERS * CONNECTIONS_EACH * Forger.GUESSES);
        assertThat(lookups).hasValue(3);
        assertThat(journal.events(MailEvent.RecipientRefused.class)).hasSize(refused.get());
    }

    private static String report(int port, Address address) throws IOException {
        try (var host = AppConnection.silent(port)) {
            host.send("PROXY TCP4 192.0.2.25 198.51.100.1 40000 25\r\n");
            host.reply();
            host.say("EHLO mx.example");
            return host.submit("<>", List.of(address.toString()), "Subject: Undelivered\r\n\r\nSorry.\r\n".getBytes(StandardCharsets.US_ASCII))
                    .toString();
        }
    }
}
