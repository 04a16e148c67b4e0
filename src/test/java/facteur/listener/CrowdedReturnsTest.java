package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.intake.SubmissionResult;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueIds;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import facteur.returns.ArrivedReturn;
import facteur.returns.ClosedDoor;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A listener for returns that strangers fill, with room for three connections.
@Timeout(60)
final class CrowdedReturnsTest {
    private static final String TOO_MANY = "421 4.3.2 Too many connections, try again later";

    private final RecordingJournal journal = new RecordingJournal();
    private final ReturnListener made = new ReturnListener(new ReturnDoor() {
        private final QueueIds ids = new QueueIds(new TestTime(), RandomGenerator.getDefault());

        @Override
        public Optional<Reply> refusal(Address recipient) {
            return recipient.localPart().equals("nobody") ? Optional.of(ClosedDoor.NO_SUCH_ADDRESS) : Optional.empty();
        }

        @Override
        public SubmissionResult accept(ArrivedReturn arrived) {
            arrived.message().body().discard();
            return new SubmissionResult.Queued(ids.next());
        }
    }, journal);
    private Listener listener;

    @BeforeEach
    void start() throws IOException {
        listener = made.small(3);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private AppConnection host() throws IOException {
        return AppConnection.greeted(listener.port());
    }

    private void isRefused() throws IOException {
        try (var host = AppConnection.silent(listener.port())) {
            assertThat(host.reply()).hasToString(TOO_MANY);
        }
    }

    private static String goodbye(AppConnection host) throws IOException {
        return new String(host.rest(), StandardCharsets.US_ASCII);
    }

    private static void name(AppConnection host, String recipient, int code) throws IOException {
        host.say("MAIL FROM:<>");
        assertThat(host.say("RCPT TO:<" + recipient + "@return.example.org>").code()).isEqualTo(code);
    }

    @Test
    void theOldestThatNamesNoReturnAddressGoesForAnother() throws IOException {
        try (var first = host(); var second = host(); var third = host()) {
            isRefused();
            made.pass(ReturnHooks.PATIENCE.minusMillis(1));
            isRefused();
            made.pass(Duration.ofMillis(1));
            assertThat(first.say("NOOP").code()).as("no reason to stay").isEqualTo(250);
            try (var fourth = host()) {
                assertThat(goodbye(first)).isEqualTo(TOO_MANY + "\r\n");
                try (var fifth = host()) {
                    assertThat(goodbye(second)).isEqualTo(TOO_MANY + "\r\n");
                    assertThat(fifth.say("NOOP").code()).isEqualTo(250);
                }
                assertThat(fourth.say("NOOP").code()).isEqualTo(250);
                assertThat(third.say("NOOP").code()).isEqualTo(250);
            }
        }
        assertThat(journal.events(MailEvent.Limited.class)).containsOnly(new MailEvent.Limited("connections", "127.0.0.1", "")).hasSize(4);
    }

    @Test
    void whoNamesAReturnAddressStays() throws IOException {
        try (var named = host(); var guessing = host(); var postmaster = host()) {
            name(named, "b-1", 250);
            name(guessing, "nobody", 550);
            name(postmaster, "postmaster", 250);
            named.say("RSET");
            made.pass(Duration.ofMinutes(1));
            try (var fourth = host(); var fifth = host()) {
                assertThat(goodbye(guessing)).isEqualTo(TOO_MANY + "\r\n");
                assertThat(goodbye(postmaster)).isEqualTo(TOO_MANY + "\r\n");
                name(fourth, "b-1", 250);
                name(fifth, "b-1", 250);
                made.pass(Duration.ofMinutes(1));
                isRefused();
                assertThat(named.say("NOOP").code()).isEqualTo(250);
            }
        }
    }

    /// Its connection ends without a reply: it may drip for an hour.
    @Test
    void aLetterToPostmasterIsNoReasonToStay() throws IOException {
        try (var dripping = host(); var second = host(); var third = host()) {
            name(dripping, "postmaster", 250);
            assertThat(dripping.say("DATA").code()).isEqualTo(354);
            dripping.send("Subject: ");
            made.pass(ReturnHooks.PATIENCE);
            try (var fourth = host()) {
                assertThat(fourth.say("NOOP").code()).isEqualTo(250);
                assertThat(goodbye(dripping)).isEmpty();
            }
            assertThat(second.say("NOOP").code()).isEqualTo(250);
            assertThat(third.say("NOOP").code()).isEqualTo(250);
        }
    }

    @Test
    void noneGoesForAPeerThatIsTurnedAway() throws IOException {
        try (var first = host(); var second = host(); var third = host()) {
            made.pass(ReturnHooks.PATIENCE);
            while (made.rates().acquireConnection(InetAddress.getLoopbackAddress())) {
                // Its network has had too many within a minute.
            }
            isRefused();
            for (var host : new AppConnection[] {first, second, third}) {
                assertThat(host.say("NOOP").code()).isEqualTo(250);
            }
        }
        assertThat(journal.events(MailEvent.Limited.class)).extracting(MailEvent.Limited::limit).containsExactly("connections-per-minute");
    }

    /// What has gone is counted once.
    @Test
    void theCountStaysRight() throws IOException {
        for (var round = 0; round < 5; round++) {
            try (var first = host(); var second = host(); var third = host()) {
                made.pass(ReturnHooks.PATIENCE);
                try (var fourth = host()) {
                    assertThat(fourth.say("NOOP").code()).isEqualTo(250);
                }
                assertThat(first.rest()).isNotEmpty();
                second.say("QUIT");
                third.say("QUIT");
            }
            Awaitility.await().until(() -> listener.connections() == 0);
        }
        try (var first = host(); var second = host(); var third = host()) {
            isRefused();
            assertThat(first.say("NOOP").code() + second.say("NOOP").code() + third.say("NOOP").code()).isEqualTo(750);
        }
    }
}
