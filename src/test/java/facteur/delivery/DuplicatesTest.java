package facteur.delivery;

import static facteur.delivery.Rig.LATER;
import static facteur.delivery.Rig.NEVER;
import static facteur.delivery.Rig.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.app.App;
import facteur.domain.DomainRegistry;
import facteur.fixture.MemorySettings;
import facteur.fixture.TestTime;
import facteur.intake.Decider;
import facteur.intake.Intake;
import facteur.intake.IntakeRules;
import facteur.intake.KnownBadRule;
import facteur.intake.QueuedReply;
import facteur.intake.ReversePathRule;
import facteur.intake.RulesInForce;
import facteur.intake.Submission;
import facteur.journal.MailEvent;
import facteur.mail.dkim.Signer;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.office.KnownBad;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.rewrite.ReceivedClient;
import facteur.spool.BadAddress;
import facteur.spool.QueueState;
import facteur.upstream.Outcome;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What an app is told that hands a letter over twice. Intake, queues and attempts are real.
@Timeout(60)
final class DuplicatesTest {
    private static final Address SHARED = Address.of("inbox@shared.example");

    private Rig rig = new Rig();
    private final List<BadAddress> bad = new CopyOnWriteArrayList<>();
    private Intake intake = intake(Optional.of(Duration.ofHours(24)));
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    private void passThrough(Duration timeout, Duration grace) {
        rig.close();
        rig = new Rig(new ReplyTiming.PassThrough(timeout), grace);
        intake = intake(Optional.of(Duration.ofHours(24)));
    }

    private Intake intake(Optional<Duration> duplicates) {
        return intake(
                duplicates,
                new KnownBadRule((_, among) -> bad.stream().filter(each -> among.contains(Address.of(each.address()))).toList(),
                        () -> KnownBad.REFUSE));
    }

    private Intake intake(Optional<Duration> duplicates, KnownBadRule knownBad) {
        var settings = new MemorySettings().with(office("dupont", Sandbox.OFF)).with(office("sandboxed", Sandbox.ON));
        var policy = new Policy(SHARED, UnknownContext.GENERAL);
        var rules = new IntakeRules(
                new Decider(settings, new DomainRegistry(Set.of()), policy, _ -> HeaderEncoding.UTF8),
                new ReversePathRule.Always(SHARED),
                50,
                ReceivedClient.FULL,
                "relay.example.org",
                Optional.empty(),
                duplicates);
        return new Intake(new RulesInForce(rules), new Signer(_ -> List.of(), rig.time), rig.queues, rig.ids, knownBad,
                rig.journal, rig.time);
    }

    private static OfficeSettings office(String id, Sandbox sandbox) {
        return new OfficeSettings(
                new OfficeId(id), "1", Mailbox.parse("Cabinet Dupont <office@dupont.example>").orElseThrow(), Optional.empty(),
                new ReplyTo.ToSender(), Map.of(), List.of(), sandbox, WhenUnverified.FALLBACK);
    }

    /// Hands a letter over: its fields as `name: value`.
    private String submit(String body, String... fields) {
        return submit(body, List.of(Address.of("an@client.example")), fields);
    }

    private String submit(String body, List<Address> recipients, String... fields) {
        var header = new ArrayList<HeaderField>(List.of(HeaderField.of("From", "Jan <jan@dupont.example>")));
        for (var field : fields) {
            header.add(HeaderField.of(field.split(": ")[0], field.split(": ")[1]));
        }
        var app = new App("suite", List.of(new OfficeId("dupont"), new OfficeId("sandboxed")), App.Scope.LISTED);
        var envelope = new Envelope(
                ReversePath.of("<jan@dupont.example>"), recipients, BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        return intake.accept(new Submission(
                app,
                envelope,
                new Message(new Header(header), new MemoryBody(body.getBytes(StandardCharsets.US_ASCII))),
                "app.example",
                InetAddress.ofLiteral("192.0.2.10"),
                "ESMTP",
                Optional.empty(),
                Optional.empty())).reply().toString();
    }

    private String invoice() {
        return submit("Good day!\r\n", "X-Letter-Key: invoice-7");
    }

    private Outcome stalled(Outcome outcome) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }

    @Test
    void theSameLetterGetsTheFirstAnswerAgain() {
        var first = invoice();
        assertThat(invoice()).isEqualTo(first).startsWith("250 2.0.0 Ok: queued as ");
        var id = QueuedReply.queueIds(first).getFirst();
        assertThat(rig.spool.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.id()).isEqualTo(id);
            assertThat(letter.message().header().first("X-Letter-Key")).isEmpty();
        });
        assertThat(rig.journal.events(MailEvent.Duplicate.class))
                .containsExactly(new MailEvent.Duplicate(id.text(), "suite", "dupont", "x-letter-key", "192.0.2.10"));
        assertThat(rig.journal.events(MailEvent.Accepted.class)).hasSize(1);
        assertThat(rig.journal.events(MailEvent.Refused.class)).isEmpty();
    }

    private static BadAddress bad(String address) {
        return new BadAddress(address, TestTime.START, TestTime.START, 1, "5.1.1", "550 5.1.1 no such user", "");
    }

    /// It was taken, whatever became known of its recipient since.
    @Test
    void aLetterThatWasTakenIsNotRefusedLater() {
        var first = invoice();
        bad.add(bad("an@client.example"));
        assertThat(invoice()).isEqualTo(first).startsWith("250 ");
        assertThat(submit("Good day!\r\n", "X-Letter-Key: invoice-8")).startsWith("550 5.1.1 ");
    }

    @Test
    void aMessageIdIsANameToo() {
        var first = submit("Good day!\r\n", "Message-ID: <7@dupont.example>");
        assertThat(submit("Good day!\r\n", "Message-ID: <7@dupont.example>")).isEqualTo(first);
        assertThat(rig.journal.events(MailEvent.Duplicate.class)).extracting(MailEvent.Duplicate::by).containsExactly("message-id");
        assertThat(submit("Good night!\r\n", "Message-ID: <7@dupont.example>")).startsWith("250 ").isNotEqualTo(first);
        assertThat(submit("Good day!\r\n")).startsWith("250 ");
        assertThat(submit("Good day!\r\n")).startsWith("250 ");
        assertThat(rig.spool.letters()).hasSize(4);
    }

    @Test
    void aKeyIsForOneLetter() {
        invoice();
        assertThat(submit("Good night!\r\n", "X-Letter-Key: invoice-7")).isEqualTo("550 5.7.0 X-Letter-Key was used for another letter");
        assertThat(rig.journal.events(MailEvent.Refused.class)).hasSize(1);
        assertThat(rig.spool.letters()).hasSize(1);
    }

    @Test
    void lettersOfTheSandboxCountToo() {
        var first = submit("Good day!\r\n", "X-Letter-Key: invoice-7", "X-Office-Id: sandboxed");
        assertThat(submit("Good day!\r\n", "X-Letter-Key: invoice-7", "X-Office-Id: sandboxed")).isEqualTo(first);
        assertThat(invoice()).as("another office").isNotEqualTo(first);
    }

    @Test
    void aLetterThatFailedMayBeSentAgain() {
        rig.upstream.does(_ -> NEVER);
        var first = invoice();
        Awaitility.await().until(() -> !rig.journal.events(MailEvent.Bounced.class).isEmpty());
        rig.awaitState(rig.spool.letters().getFirst(), QueueState.Ended.class);
        rig.upstream.does(_ -> TAKEN);
        var second = invoice();
        assertThat(second).startsWith("250 ").isNotEqualTo(first);
        assertThat(invoice()).isEqualTo(second);
    }

    @Test
    void switchedOffEachIsANewLetter() {
        intake = intake(Optional.empty());
        assertThat(invoice()).isNotEqualTo(invoice());
    }

    private Intake withoutWhoIsGone(Optional<Duration> duplicates) {
        var bad = new BadAddress("gone@client.example", rig.time.instant(), rig.time.instant(), 1, "5.1.1", "550 5.1.1 no such user", "");
        return intake(duplicates, new KnownBadRule((_, _) -> List.of(bad), () -> KnownBad.REFUSE));
    }

    private String invoiceToTwo() {
        return submit("Good day!\r\n", List.of(Address.of("an@client.example"), Address.of("gone@client.example")), "X-Letter-Key: invoice-7");
    }

    @Test
    void aRecipientThatIsLeftOutIsReportedOnce() {
        intake = withoutWhoIsGone(Optional.of(Duration.ofHours(24)));
        var first = invoiceToTwo();
        assertThat(invoiceToTwo()).isEqualTo(first);
        assertThat(rig.spool.letters()).hasSize(2);
        assertThat(rig.journal.events(MailEvent.Bounced.class)).singleElement()
                .satisfies(report -> assertThat(report.id()).isEqualTo(QueuedReply.queueIds(first).getFirst().text()));
        intake = withoutWhoIsGone(Optional.empty());
        assertThat(invoiceToTwo()).isNotEqualTo(first);
        assertThat(rig.journal.events(MailEvent.Bounced.class)).as("another letter").hasSize(2);
    }

    @Test
    void aLetterThatIsRefusedHasNoReport() {
        intake = withoutWhoIsGone(Optional.of(Duration.ofHours(24)));
        invoice();
        assertThat(invoiceToTwo()).startsWith("550 5.7.0 ");
        rig.spool.breakDown();
        assertThat(submit("Good day!\r\n", List.of(Address.of("an@client.example"), Address.of("gone@client.example")))).startsWith("452 ");
        assertThat(rig.journal.events(MailEvent.Bounced.class)).isEmpty();
        rig.spool.repair();
        assertThat(rig.spool.letters()).hasSize(1);
    }

    @Test
    void theReportLeavesOnceItsLetterIsAccepted() {
        rig.queues.start();
        intake = withoutWhoIsGone(Optional.empty());
        var id = QueuedReply.queueIds(invoiceToTwo()).getFirst();
        var report = rig.spool.letters().stream().filter(letter -> !letter.id().equals(id)).findFirst().orElseThrow();
        rig.awaitState(report, QueueState.Ended.class);
        var words = rig.journal.events().stream().map(event -> event.getClass().getSimpleName()).filter(List.of("Accepted", "Bounced")::contains);
        assertThat(words).containsExactly("Accepted", "Bounced");
    }

    @Test
    void afterTheWindowItIsANewLetter() {
        var first = invoice();
        rig.time.advance(Duration.ofHours(24));
        assertThat(invoice()).startsWith("250 ").isNotEqualTo(first);
    }

    private List<CompletableFuture<String>> twoWhileTheFirstIsTried(Outcome outcome) {
        rig.upstream.does(_ -> stalled(outcome));
        var first = CompletableFuture.supplyAsync(this::invoice, Thread::startVirtualThread);
        Awaitility.await().until(() -> rig.upstream.letters().size() == 1);
        var second = new CompletableFuture<String>();
        var app = Thread.ofVirtual().start(() -> second.complete(invoice()));
        Awaitility.await().until(() -> app.getState() == Thread.State.TIMED_WAITING);
        return List.of(first, second);
    }

    @Test
    void theSecondWaitsForTheAnswerOfTheFirst() {
        passThrough(Duration.ofSeconds(50), Duration.ofSeconds(2));
        var both = twoWhileTheFirstIsTried(TAKEN);
        assertThat(both.get(1)).isNotCompleted();
        release.countDown();
        assertThat(both.get(1).join()).isEqualTo(both.get(0).join()).startsWith("250 ");
        assertThat(rig.upstream.letters()).hasSize(1);
    }

    @Test
    void theSecondIsANewLetterWhenTheFirstIsRefusedToItsApp() {
        passThrough(Duration.ofSeconds(50), Duration.ofSeconds(2));
        var both = twoWhileTheFirstIsTried(NEVER);
        release.countDown();
        assertThat(both.get(0).join()).startsWith("550 5.1.1");
        assertThat(both.get(1).join()).as("tried by itself").startsWith("550 5.1.1");
        assertThat(rig.upstream.letters()).hasSize(2);
    }

    @Test
    void theSecondHearsThatTheFirstIsPutOff() {
        passThrough(Duration.ofSeconds(50), Duration.ofSeconds(2));
        var both = twoWhileTheFirstIsTried(LATER);
        release.countDown();
        assertThat(both.get(1).join()).isEqualTo(both.get(0).join()).startsWith("250 ");
    }

    /// No longer than its own app waits; then the first has its answer, too.
    @Test
    void theSecondWaitsNoLongerThanItsAppDoes() {
        passThrough(Duration.ofSeconds(50), Duration.ofSeconds(2));
        var both = twoWhileTheFirstIsTried(TAKEN);
        rig.time.advance(Duration.ofSeconds(52));
        assertThat(both.get(1).join()).startsWith("250 ");
        assertThat(both.get(0)).isNotCompleted();
    }

    @Test
    void theSecondWaitsNoLongerWhenTheClockIsSetBack() {
        passThrough(Duration.ofMillis(100), Duration.ofMillis(50));
        var both = twoWhileTheFirstIsTried(TAKEN);
        rig.time.advance(Duration.ofDays(-1));
        assertThat(both.get(1).join()).startsWith("451 4.3.0 ");
    }

    @Test
    void aStopLetsBothGo() {
        passThrough(Duration.ofSeconds(50), Duration.ofSeconds(2));
        var both = twoWhileTheFirstIsTried(TAKEN);
        rig.queues.releaseApps();
        assertThat(both.get(1).join()).isEqualTo(both.get(0).join());
    }
}
