package facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.bounce.DsnWriter;
import facteur.bounce.Language;
import facteur.fixture.MemorySpool;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.message.Header;
import facteur.message.HeaderField;
import facteur.message.MemoryBody;
import facteur.message.Message;
import facteur.smtp.Address;
import facteur.smtp.BodyType;
import facteur.smtp.DsnRequest;
import facteur.smtp.Envelope;
import facteur.smtp.ForwardPath;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.Notify;
import facteur.smtp.Reply;
import facteur.smtp.ReversePath;
import facteur.spool.Letter;
import facteur.spool.Provenance;
import facteur.spool.QueueId;
import facteur.spool.QueueIds;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.SpoolException;
import facteur.upstream.Breaker;
import facteur.upstream.Cause;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import facteur.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueueRunnerTest {
    private static final ReversePath JAN = ReversePath.of("<jan@dupont.example>");
    private static final Outcome TAKEN = new Outcome.Relayed(Reply.of(250, 0, 0, "taken"), Outcome.SuccessReport.BY_US);
    private static final Outcome LATER = new Outcome.TempFailed(Stage.RCPT, new Cause.Answer(Reply.of(450, 2, 1, "later")));
    private static final Outcome NEVER = new Outcome.PermFailed(Stage.RCPT, Reply.of(550, 1, 1, "no such user"));

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final MemorySpool spool = new MemorySpool();
    private final QueueIds ids = new QueueIds(time, new Random(1));

    private volatile Function<Address, Outcome> behaviour = address -> TAKEN;

    private final Upstream upstream = new Upstream() {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public HeaderEncoding encoding() {
            return HeaderEncoding.UTF8;
        }

        @Override
        public List<Outcome> relay(QueueId id, Envelope envelope, Message message) {
            return envelope.recipients().stream().map(ForwardPath::address).map(behaviour).toList();
        }

        @Override
        public void reap() {}

        @Override
        public void close() {}
    };

    private final Courier courier = new Courier(
            upstream,
            new Breaker(wait -> wait, time),
            new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(5), Duration.ofHours(4)),
            wait -> wait,
            new Reporter(new DsnWriter("relay.example.org", Language.EN), ids),
            time);
    private QueueRunner runner = runner(10, 1_000_000);

    @AfterEach
    void stop() {
        runner.close();
    }

    @Test
    void deliversANewLetterAtOnce() throws SpoolException {
        var letter = letter(ReversePath.NULL, "a@example.com", "b@example.com");
        runner.accept(letter, () -> {});
        assertThat(journal.await(MailEvent.Relayed.class, 2)).extracting(MailEvent.Relayed::recipient)
                .containsExactly("a@example.com", "b@example.com");
        awaitState(letter, QueueState.Ended.class);
    }

    @Test
    void triesAgainOnlyThoseThatWait() throws SpoolException {
        behaviour = address -> address.localPart().equals("a") ? TAKEN : LATER;
        var letter = letter(ReversePath.NULL, "a@example.com", "b@example.com");
        runner.start();
        runner.accept(letter, () -> {});
        assertThat(journal.await(MailEvent.Deferred.class, 1).getFirst().dueAt()).isEqualTo(time.instant().plusSeconds(60));
        awaitState(letter, QueueState.Deferred.class);

        behaviour = address -> TAKEN;
        time.advance(Duration.ofMinutes(1));
        runner.wake();
        assertThat(journal.await(MailEvent.Relayed.class, 2)).extracting(MailEvent.Relayed::recipient)
                .containsExactly("a@example.com", "b@example.com");
        awaitState(letter, QueueState.Ended.class);
        assertThat(spool.recipients(letter.id())).extracting(Recipient::status).containsOnly(Recipient.Status.RELAYED);
        assertThat(spool.tried(letter.id()))
                .extracting(attempt -> attempt.number() + " " + attempt.position() + " " + attempt.result().word())
                .containsExactly("1 0 relayed", "1 1 temp-failed", "2 1 relayed");
    }

    @Test
    void bouncesWhatIsRefusedToTheAppsOwnReversePath() throws SpoolException {
        behaviour = address -> address.localPart().equals("gone") ? NEVER : TAKEN;
        var letter = letter(ReversePath.of("<jan@dupont.example>"), "gone@example.com");
        runner.accept(letter, () -> {});
        assertThat(journal.await(MailEvent.Bounced.class, 1).getFirst().reversePath()).isEqualTo("<jan@dupont.example>");
        assertThat(journal.await(MailEvent.Relayed.class, 1).getFirst().recipient()).isEqualTo("jan@dupont.example");
        var bounce = spool.letters().stream().filter(other -> !other.id().equals(letter.id())).findFirst().orElseThrow();
        assertThat(bounce.envelope().reversePath()).isEqualTo(ReversePath.NULL);
        assertThat(bounce.originalReversePath()).isEqualTo(ReversePath.NULL);
        awaitState(letter, QueueState.Ended.class);
    }

    @Test
    void tellsNobodyOfAFailureThatTheAppDoesNotWantToHearOf() throws SpoolException {
        behaviour = address -> NEVER;
        for (var asked : new String[] {"NEVER", "SUCCESS", "DELAY"}) {
            var letter = letter(JAN, Notify.parse(asked), "gone@example.com");
            runner.accept(letter, () -> {});
            awaitState(letter, QueueState.Ended.class);
        }
        assertThat(journal.events(MailEvent.Dropped.class)).hasSize(3).allMatch(event -> event.recipients().equals(List.of("gone@example.com")));
        assertThat(spool.letters()).hasSize(3);
    }

    @Test
    void confirmsSuccessWhenTheUpstreamCannot() throws SpoolException {
        behaviour = address -> address.localPart().equals("later") ? LATER : TAKEN;
        var letter = letter(JAN, Notify.parse("SUCCESS,FAILURE"), "a@example.com", "later@example.com");
        runner.accept(letter, () -> {});
        assertThat(journal.await(MailEvent.Confirmed.class, 1).getFirst().reversePath()).isEqualTo("<jan@dupont.example>");
        awaitState(letter, QueueState.Deferred.class);
        var report = spool.letters().stream().filter(other -> !other.id().equals(letter.id())).findFirst().orElseThrow();
        assertThat(report.envelope().reversePath()).isEqualTo(ReversePath.NULL);
        assertThat(report.envelope().recipients()).containsExactly(ForwardPath.of(Address.of("jan@dupont.example")));
        assertThat(text(report)).contains("a@example.com\r\nAction: relayed\r\n").doesNotContain("later@");
    }

    @Test
    void leavesSuccessToAnUpstreamThatReportsIt() throws SpoolException {
        behaviour = address -> new Outcome.Relayed(Reply.of(250, 0, 0, "taken"), Outcome.SuccessReport.BY_UPSTREAM);
        var letter = letter(JAN, Notify.parse("SUCCESS"), "a@example.com");
        runner.accept(letter, () -> {});
        awaitState(letter, QueueState.Ended.class);
        assertThat(spool.letters()).hasSize(1);
    }

    @Test
    void confirmsNothingThatWasNotAskedForOrToNobody() throws SpoolException {
        var letters = List.of(
                letter(JAN, "a@example.com"),
                letter(JAN, Notify.parse("FAILURE"), "a@example.com"),
                letter(ReversePath.NULL, Notify.parse("SUCCESS"), "a@example.com"));
        for (var letter : letters) {
            runner.accept(letter, () -> {});
            awaitState(letter, QueueState.Ended.class);
        }
        assertThat(spool.letters()).hasSize(3);
        assertThat(journal.events(MailEvent.Dropped.class)).isEmpty();
    }

    @Test
    void aConfirmationThatCannotBeKeptRelaysNothingAgain() throws SpoolException {
        behaviour = address -> {
            spool.breakDown();
            return TAKEN;
        };
        var letter = letter(JAN, Notify.parse("SUCCESS"), "a@example.com");
        runner.accept(letter, () -> {});
        journal.await(MailEvent.SpoolTrouble.class, 1);
        spool.repair();
        awaitState(letter, QueueState.Ended.class);
        assertThat(spool.letters()).hasSize(1);
    }

    @Test
    void logsADoubtAndTriesAgain() throws SpoolException {
        behaviour = address -> new Outcome.InDoubt(new Cause.Trouble("no reply to the dot"));
        var letter = letter(ReversePath.NULL, "a@example.com");
        runner.accept(letter, () -> {});
        assertThat(journal.await(MailEvent.InDoubt.class, 1).getFirst().attempts()).isEqualTo(1);
        awaitState(letter, QueueState.Deferred.class);
    }

    @Test
    void queuesWhatItHasNoRoomFor() throws Exception {
        runner.close();
        runner = runner(1, 1_000_000);
        var release = new CountDownLatch(1);
        behaviour = address -> {
            await(release);
            return TAKEN;
        };
        var first = letter(ReversePath.NULL, "a@example.com");
        var second = letter(ReversePath.NULL, "b@example.com");
        runner.accept(first, () -> {});
        runner.accept(second, () -> {});
        assertThat(spool.state(second.id()).orElseThrow()).isInstanceOf(QueueState.Deferred.class);
        runner.start();
        release.countDown();
        awaitState(first, QueueState.Ended.class);
        awaitState(second, QueueState.Ended.class);
    }

    @Test
    void queuesWhatIsTooLargeToHold() throws SpoolException {
        runner.close();
        runner = runner(10, 100);
        var letter = letter(ReversePath.NULL, "a@example.com");
        runner.accept(letter, () -> {});
        assertThat(spool.state(letter.id()).orElseThrow()).isInstanceOf(QueueState.Deferred.class);
    }

    @Test
    void keepsTheOutcomeWhileTheSpoolIsBroken() throws SpoolException {
        var release = new CountDownLatch(1);
        behaviour = address -> {
            await(release);
            spool.breakDown();
            return TAKEN;
        };
        var letter = letter(ReversePath.NULL, "a@example.com");
        runner.accept(letter, () -> {});
        release.countDown();
        journal.await(MailEvent.SpoolTrouble.class, 1);
        spool.repair();
        awaitState(letter, QueueState.Ended.class);
        assertThat(journal.events(MailEvent.Relayed.class)).hasSize(1);
    }

    @Test
    void aBounceThatCannotBeKeptPutsTheLetterOff() throws SpoolException {
        behaviour = address -> {
            spool.breakDown();
            return address.localPart().equals("gone") ? NEVER : TAKEN;
        };
        var letter = letter(ReversePath.of("<jan@dupont.example>"), "a@example.com", "gone@example.com");
        runner.accept(letter, () -> {});
        journal.await(MailEvent.SpoolTrouble.class, 1);
        spool.repair();
        awaitState(letter, QueueState.Deferred.class);
        assertThat(spool.letters()).hasSize(1);
        assertThat(spool.recipients(letter.id())).extracting(Recipient::status)
                .containsExactly(Recipient.Status.RELAYED, Recipient.Status.PENDING);

        behaviour = address -> address.localPart().equals("gone") ? NEVER : TAKEN;
        runner.start();
        time.advance(Duration.ofMinutes(5));
        runner.wake();
        awaitState(letter, QueueState.Ended.class);
        assertThat(spool.letters()).hasSize(2);
    }

    @Test
    void setsAsideALetterThatBreaksAnAttempt() throws SpoolException {
        behaviour = address -> {
            throw new IllegalStateException("a bug");
        };
        var letter = letter(ReversePath.NULL, "a@example.com");
        runner.accept(letter, () -> {});
        assertThat(journal.await(MailEvent.Held.class, 1).getFirst().reason()).contains("a bug");
        awaitState(letter, QueueState.Held.class);
    }

    @Test
    void sendsNothingAgainWhenAFaultOfOursFollows() throws SpoolException {
        journal.failOn(MailEvent.Deferred.class);
        behaviour = address -> address.localPart().equals("a") ? TAKEN : LATER;
        var letter = letter(JAN, "a@example.com", "b@example.com");
        runner.accept(letter, () -> {});
        assertThat(journal.await(MailEvent.Held.class, 1).getFirst().reason()).contains("failed by the test");
        awaitState(letter, QueueState.Held.class);
        assertThat(spool.recipients(letter.id())).extracting(Recipient::status)
                .containsExactly(Recipient.Status.RELAYED, Recipient.Status.PENDING);
    }

    @Test
    void endsALetterThatWasTakenForAllWhenAFaultOfOursFollows() throws SpoolException {
        journal.failOn(MailEvent.Relayed.class);
        var letter = letter(JAN, "a@example.com");
        runner.accept(letter, () -> {});
        awaitState(letter, QueueState.Ended.class);
        assertThat(spool.recipients(letter.id())).extracting(Recipient::status).containsExactly(Recipient.Status.RELAYED);
    }

    @Test
    void refusesWhatCannotBeKept() {
        spool.breakDown();
        assertThatThrownBy(() -> runner.accept(letter(ReversePath.NULL, "a@example.com"), () -> {})).isInstanceOf(SpoolException.class);
        assertThat(journal.events()).isEmpty();
    }

    private QueueRunner runner(int attempts, long handOverBytes) {
        return new QueueRunner(
                spool, courier, journal, time, new DeliveryLimits(attempts, handOverBytes, Duration.ofSeconds(5), Duration.ofMillis(10)),
                new Acceptance.Spool());
    }

    private static String text(Letter letter) {
        return letter.message().body() instanceof MemoryBody body ? new String(body.octets(), StandardCharsets.ISO_8859_1) : "";
    }

    private Letter letter(ReversePath originalReversePath, String... recipients) {
        return letter(originalReversePath, Optional.empty(), recipients);
    }

    private Letter letter(ReversePath originalReversePath, Optional<Notify> notify, String... recipients) {
        var envelope = new Envelope(
                ReversePath.of("<inbox@shared.example>"),
                Stream.of(recipients).map(Address::of).map(each -> new ForwardPath(each, notify, Optional.empty())).toList(),
                BodyType.SEVEN_BIT,
                HeaderEncoding.ASCII,
                DsnRequest.NONE);
        var message = new Message(new Header(List.of(HeaderField.of("Subject", "test"))), new MemoryBody(new byte[200]));
        var provenance = new Provenance("app", "dupont", "", "", "", "from.shared", "general.company", "1");
        return new Letter(ids.next(), time.instant(), provenance, envelope, originalReversePath, message);
    }

    private void awaitState(Letter letter, Class<? extends QueueState> state) {
        Awaitility.await().until(() -> spool.state(letter.id()).filter(state::isInstance).isPresent());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
