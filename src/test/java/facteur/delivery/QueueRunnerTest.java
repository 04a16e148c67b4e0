package facteur.delivery;

import static facteur.delivery.Rig.JAN;
import static facteur.delivery.Rig.LATER;
import static facteur.delivery.Rig.NEVER;
import static facteur.delivery.Rig.REFUSED;
import static facteur.delivery.Rig.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.journal.MailEvent;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.SpoolException;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueueRunnerTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void deliversANewLetterAtOnce() throws SpoolException {
        var letter = rig.letter(ReversePath.NULL, "a@example.com", "b@example.com");
        rig.accept(letter);
        assertThat(rig.journal.await(MailEvent.Relayed.class, 2)).extracting(MailEvent.Relayed::recipient)
                .containsExactly("a@example.com", "b@example.com");
        rig.awaitState(letter, QueueState.Ended.class);
    }

    /// An attempt may take several transactions: what the first one came to is on disk before the second one begins.
    @Test
    void writesWhoHasGotItBeforeItGoesOn() throws SpoolException {
        var letter = rig.letter(ReversePath.NULL, "a@example.com", "b@example.com", "c@example.com");
        var onDisk = new CopyOnWriteArrayList<List<Recipient.Status>>();
        rig.upstream.does(address -> {
            onDisk.add(rig.spool.recipients(letter.id()).stream().map(Recipient::status).toList());
            return TAKEN;
        });
        rig.accept(letter);
        rig.journal.await(MailEvent.Relayed.class, 3);

        var relayed = Recipient.Status.RELAYED;
        var pending = Recipient.Status.PENDING;
        assertThat(onDisk)
                .containsExactly(
                        List.of(pending, pending, pending), List.of(relayed, pending, pending), List.of(relayed, relayed, pending));
    }

    @Test
    void triesAgainOnlyThoseThatWait() throws SpoolException {
        rig.upstream.does(address -> address.localPart().equals("a") ? TAKEN : LATER);
        var letter = rig.letter(ReversePath.NULL, "a@example.com", "b@example.com");
        rig.queues.start();
        rig.accept(letter);
        assertThat(rig.journal.await(MailEvent.Deferred.class, 1).getFirst().dueAt()).isEqualTo(rig.time.instant().plusSeconds(60));
        rig.awaitState(letter, QueueState.Deferred.class);

        rig.upstream.does(address -> TAKEN);
        rig.time.advance(Duration.ofMinutes(1));
        rig.queues.wake();
        assertThat(rig.journal.await(MailEvent.Relayed.class, 2)).extracting(MailEvent.Relayed::recipient)
                .containsExactly("a@example.com", "b@example.com");
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.spool.recipients(letter.id())).extracting(Recipient::status).containsOnly(Recipient.Status.RELAYED);
        assertThat(rig.spool.tried(letter.id()))
                .extracting(attempt -> attempt.number() + " " + attempt.position() + " " + attempt.result().word())
                .containsExactly("1 0 relayed", "1 1 temp-failed", "2 1 relayed");
    }

    @Test
    void bouncesWhatIsRefusedToTheAppsOwnReversePath() throws SpoolException {
        rig.upstream.does(address -> address.localPart().equals("gone") ? NEVER : TAKEN);
        var letter = rig.letter(JAN, "gone@example.com");
        rig.accept(letter);
        assertThat(rig.journal.await(MailEvent.Bounced.class, 1).getFirst().reversePath()).isEqualTo("<jan@dupont.example>");
        assertThat(rig.journal.await(MailEvent.Relayed.class, 1).getFirst().recipient()).isEqualTo("jan@dupont.example");
        var bounce = rig.spool.letters().stream().filter(other -> !other.id().equals(letter.id())).findFirst().orElseThrow();
        assertThat(bounce.envelope().reversePath()).isEqualTo(ReversePath.NULL);
        assertThat(bounce.originalReversePath()).isEqualTo(ReversePath.NULL);
        rig.awaitState(letter, QueueState.Ended.class);
    }

    @Test
    void reportsNoFailureThatTheAppDoesNotWantToHearOf() throws SpoolException {
        rig.upstream.does(address -> NEVER);
        for (var asked : new String[] {"NEVER", "SUCCESS", "DELAY"}) {
            var letter = rig.letter(JAN, Notify.parse(asked), "gone@example.com");
            rig.accept(letter);
            rig.awaitState(letter, QueueState.Ended.class);
        }
        assertThat(rig.journal.events(MailEvent.Dropped.class)).hasSize(3).allMatch(event -> event.recipients().equals(List.of("gone@example.com")));
        assertThat(rig.spool.letters()).hasSize(3);
    }

    @Test
    void confirmsSuccessWhenTheUpstreamCannot() throws SpoolException {
        rig.upstream.does(address -> address.localPart().equals("later") ? LATER : TAKEN);
        var letter = rig.letter(JAN, Notify.parse("SUCCESS,FAILURE"), "a@example.com", "later@example.com");
        rig.accept(letter);
        assertThat(rig.journal.await(MailEvent.Confirmed.class, 1).getFirst().reversePath()).isEqualTo("<jan@dupont.example>");
        rig.awaitState(letter, QueueState.Deferred.class);
        var report = rig.spool.letters().stream().filter(other -> !other.id().equals(letter.id())).findFirst().orElseThrow();
        assertThat(report.envelope().reversePath()).isEqualTo(ReversePath.NULL);
        assertThat(report.envelope().recipients()).containsExactly(ForwardPath.of(Address.of("jan@dupont.example")));
        assertThat(Rig.text(report)).contains("a@example.com\r\nAction: relayed\r\n").doesNotContain("later@");
    }

    @Test
    void leavesSuccessToAnUpstreamThatReportsIt() throws SpoolException {
        rig.upstream.does(address -> new Outcome.Relayed(Reply.of(250, 0, 0, "taken"), Outcome.SuccessReport.BY_UPSTREAM));
        var letter = rig.letter(JAN, Notify.parse("SUCCESS"), "a@example.com");
        rig.accept(letter);
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.spool.letters()).hasSize(1);
    }

    @Test
    void confirmsNothingThatWasNotAskedForOrToTheNullReversePath() throws SpoolException {
        var letters = List.of(
                rig.letter(JAN, "a@example.com"),
                rig.letter(JAN, Notify.parse("FAILURE"), "a@example.com"),
                rig.letter(ReversePath.NULL, Notify.parse("SUCCESS"), "a@example.com"));
        for (var letter : letters) {
            rig.accept(letter);
            rig.awaitState(letter, QueueState.Ended.class);
        }
        assertThat(rig.spool.letters()).hasSize(3);
        assertThat(rig.journal.events(MailEvent.Dropped.class)).isEmpty();
    }

    /// There is no one left to report to: so an operator hears of the letter that it is on.
    @Test
    void aReportThatFailsIsToldOfAndNotReportedOn() throws SpoolException {
        rig.upstream.does(address -> NEVER);
        var letter = rig.letter(JAN, "gone@example.com");
        rig.accept(letter);
        var lost = rig.journal.await(MailEvent.ReportFailed.class, 1).getFirst();
        var report = rig.awaitReport();
        rig.awaitState(report, QueueState.Ended.class);
        assertThat(lost).isEqualTo(new MailEvent.ReportFailed(
                letter.id().text(), report.id().text(), List.of("jan@dupont.example"), "550 5.1.1 no such user"));
        assertThat(rig.spool.letters()).hasSize(2);
        assertThat(rig.journal.events(MailEvent.Dropped.class)).isEmpty();
    }

    @Test
    void aConfirmationThatCannotBeKeptRelaysNothingAgain() throws SpoolException {
        rig.upstream.does(address -> {
            rig.spool.breakDown();
            return TAKEN;
        });
        var letter = rig.letter(JAN, Notify.parse("SUCCESS"), "a@example.com");
        rig.accept(letter);
        rig.journal.await(MailEvent.SpoolTrouble.class, 1);
        rig.spool.repair();
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.spool.letters()).hasSize(1);
        assertThat(rig.journal.events(MailEvent.ReportFailed.class)).singleElement().satisfies(lost -> {
            assertThat(lost.id()).isEqualTo(letter.id().text());
            assertThat(lost.recipients()).containsExactly("<jan@dupont.example>");
        });
    }

    @Test
    void logsADoubtAndTriesAgain() throws SpoolException {
        rig.upstream.does(address -> new Outcome.InDoubt(new FailureCause.Trouble("no reply to the dot")));
        var letter = rig.letter(ReversePath.NULL, "a@example.com");
        rig.accept(letter);
        assertThat(rig.journal.await(MailEvent.InDoubt.class, 1).getFirst().attempts()).isEqualTo(1);
        rig.awaitState(letter, QueueState.Deferred.class);
    }

    @Test
    void queuesWhatItHasNoRoomFor() throws Exception {
        var release = new CountDownLatch(1);
        try (var narrow = new Rig(1, 1_000_000)) {
            narrow.upstream.does(address -> {
                await(release);
                return TAKEN;
            });
            var first = narrow.letter(ReversePath.NULL, "a@example.com");
            var second = narrow.letter(ReversePath.NULL, "b@example.com");
            narrow.accept(first);
            narrow.accept(second);
            assertThat(narrow.spool.state(second.id()).orElseThrow()).isInstanceOf(QueueState.Deferred.class);
            narrow.queues.start();
            release.countDown();
            narrow.awaitState(first, QueueState.Ended.class);
            narrow.awaitState(second, QueueState.Ended.class);
        }
    }

    @Test
    void queuesWhatIsTooLargeToHold() throws SpoolException {
        try (var small = new Rig(10, 100)) {
            var letter = small.letter(ReversePath.NULL, "a@example.com");
            small.accept(letter);
            assertThat(small.spool.state(letter.id()).orElseThrow()).isInstanceOf(QueueState.Deferred.class);
        }
    }

    @Test
    void keepsTheOutcomeWhileTheSpoolIsBroken() throws SpoolException {
        var release = new CountDownLatch(1);
        rig.upstream.does(address -> {
            await(release);
            rig.spool.breakDown();
            return TAKEN;
        });
        var letter = rig.letter(ReversePath.NULL, "a@example.com");
        rig.accept(letter);
        release.countDown();
        rig.journal.await(MailEvent.SpoolTrouble.class, 1);
        rig.spool.repair();
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.journal.events(MailEvent.Relayed.class)).hasSize(1);
    }

    @Test
    void aBounceThatCannotBeStoredPutsTheLetterOff() throws SpoolException {
        rig.upstream.does(address -> {
            rig.spool.breakDown();
            return address.localPart().equals("gone") ? NEVER : TAKEN;
        });
        var letter = rig.letter(JAN, "a@example.com", "gone@example.com");
        rig.accept(letter);
        // Of the first recipient alone, of the bounce, of the letter.
        rig.journal.await(MailEvent.SpoolTrouble.class, 3);
        rig.spool.repair();
        rig.awaitState(letter, QueueState.Deferred.class);
        assertThat(rig.spool.letters()).hasSize(1);
        assertThat(rig.spool.recipients(letter.id())).extracting(Recipient::status)
                .containsExactly(Recipient.Status.RELAYED, Recipient.Status.PENDING);

        rig.upstream.does(address -> address.localPart().equals("gone") ? NEVER : TAKEN);
        rig.queues.start();
        rig.time.advance(Duration.ofMinutes(5));
        rig.queues.wake();
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.spool.letters()).hasSize(2);
    }

    @Test
    void setsAsideALetterThatBreaksAnAttempt() throws SpoolException {
        rig.upstream.does(address -> {
            throw new IllegalStateException("a bug");
        });
        var letter = rig.letter(ReversePath.NULL, "a@example.com");
        rig.accept(letter);
        assertThat(rig.journal.await(MailEvent.Held.class, 1).getFirst().reason()).contains("a bug");
        rig.awaitState(letter, QueueState.Held.class);
    }

    @Test
    void sendsNothingAgainWhenAFaultOfOursFollows() throws SpoolException {
        rig.journal.failOn(MailEvent.Deferred.class);
        rig.upstream.does(address -> address.localPart().equals("a") ? TAKEN : LATER);
        var letter = rig.letter(JAN, "a@example.com", "b@example.com");
        rig.accept(letter);
        assertThat(rig.journal.await(MailEvent.Held.class, 1).getFirst().reason()).contains("failed by the test");
        rig.awaitState(letter, QueueState.Held.class);
        assertThat(rig.spool.recipients(letter.id())).extracting(Recipient::status)
                .containsExactly(Recipient.Status.RELAYED, Recipient.Status.PENDING);
    }

    @Test
    void endsALetterThatWasTakenForAllWhenAFaultOfOursFollows() throws SpoolException {
        rig.journal.failOn(MailEvent.Relayed.class);
        var letter = rig.letter(JAN, "a@example.com");
        rig.accept(letter);
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.spool.recipients(letter.id())).extracting(Recipient::status).containsExactly(Recipient.Status.RELAYED);
    }

    /// After one of two was told as relayed: it is not told again, the other is.
    @Test
    void tellsOnceOfEachThatWasRelayedWhenAFaultOfOursFollows() throws SpoolException {
        rig.journal.failOnSecond(MailEvent.Relayed.class);
        var letter = rig.letter(JAN, "a@example.com", "b@example.com");
        rig.accept(letter);
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.journal.await(MailEvent.Relayed.class, 2)).extracting(MailEvent.Relayed::recipient)
                .containsExactly("a@example.com", "b@example.com");
        rig.close();
        assertThat(rig.journal.events()).hasSize(2);
    }

    @Test
    void tellsNothingAgainWhenTheSpoolFailsByAFaultOfOurs() throws SpoolException {
        rig.upstream.does(address -> address.localPart().equals("a") ? TAKEN : LATER);
        rig.spool.failOnce();
        var letter = rig.letter(JAN, "a@example.com", "b@example.com");
        rig.accept(letter);
        rig.awaitState(letter, QueueState.Held.class);
        rig.journal.await(MailEvent.Held.class, 1);
        rig.close();
        assertThat(rig.journal.events()).extracting(Object::getClass).containsExactly(
                MailEvent.Relayed.class, MailEvent.Deferred.class, MailEvent.Held.class);
    }

    /// The upstream's recovery is told after the letter is on disk.
    @Test
    void saysNoMoreOfALetterThatIsWrittenWhenAFaultOfOursFollows() throws SpoolException {
        rig.queues.start();
        rig.upstream.does(address -> REFUSED);
        var letter = rig.letter(JAN, "a@example.com");
        rig.accept(letter);
        rig.journal.await(MailEvent.UpstreamFailed.class, 1);
        rig.upstream.does(address -> TAKEN);
        rig.journal.failOn(MailEvent.UpstreamRecovered.class);
        rig.pass(Duration.ofMinutes(10));
        rig.awaitState(letter, QueueState.Ended.class);
        rig.close();
        assertThat(rig.journal.events(MailEvent.UpstreamRecovered.class)).isEmpty();
        assertThat(rig.journal.events(MailEvent.Relayed.class)).hasSize(1);
        assertThat(rig.journal.events(MailEvent.Held.class)).isEmpty();
    }

    @Test
    void refusesWhatCannotBeKept() {
        rig.spool.breakDown();
        assertThatThrownBy(() -> rig.accept(rig.letter(ReversePath.NULL, "a@example.com"))).isInstanceOf(SpoolException.class);
        assertThat(rig.journal.events()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
