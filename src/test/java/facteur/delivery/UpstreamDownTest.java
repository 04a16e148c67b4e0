package facteur.delivery;

import static facteur.delivery.Rig.CLOSING;
import static facteur.delivery.Rig.JAN;
import static facteur.delivery.Rig.LATER;
import static facteur.delivery.Rig.REFUSED;
import static facteur.delivery.Rig.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.smtp.ReversePath;
import facteur.spool.Attempt;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import java.time.Duration;
import java.util.ArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What waits, what is tried and what is told while the upstream is down.
final class UpstreamDownTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void countsNoAttemptOfALetterWhenTheUpstreamFails() throws Exception {
        var letter = brought(REFUSED);
        assertThat(rig.spool.attemptsCounted(letter.id())).isZero();
        assertThat(rig.spool.recipients(letter.id())).extracting(Recipient::lastReply).containsExactly("refused");
        var failed = rig.journal.await(MailEvent.UpstreamFailed.class, 1).getFirst();
        assertThat(failed).isEqualTo(new MailEvent.UpstreamFailed("test", "connect", "refused", rig.time.instant().plusSeconds(1)));
        assertThat(rig.journal.events(MailEvent.Deferred.class)).extracting(MailEvent.Deferred::attempts).containsExactly(0);
    }

    /// Each has a number of its own, or the second could not be kept beside the first.
    @Test
    void keepsWhatEachAttemptCameToThoughNoneCounts() throws Exception {
        var letter = brought(REFUSED);
        rig.queues.start();
        rig.pass(Duration.ofMinutes(1));
        Awaitility.await().until(() -> rig.spool.tried(letter.id()).size() == 2);
        assertThat(rig.spool.tried(letter.id()))
                .allMatch(each -> each.stage().equals("connect") && each.result() == Attempt.Result.TEMP_FAILED)
                .extracting(Attempt::number)
                .containsExactly(1, 2);
    }

    @Test
    void triesNoOtherLetterMeanwhile() throws Exception {
        brought(REFUSED);
        rig.queues.start();
        var others = new ArrayList<Letter>();
        for (var i = 0; i < 100; i++) {
            others.add(rig.letter(JAN, "b" + i + "@example.com"));
            rig.accept(others.getLast());
        }
        assertThat(others).allMatch(each -> rig.spool.state(each.id()).orElseThrow() instanceof QueueState.Deferred);
        // Each is told once, at once.
        assertThat(rig.journal.events(MailEvent.Deferred.class)).hasSize(101);
        for (var minutes = 0; minutes < 10; minutes++) {
            var before = rig.upstream.letters().size();
            rig.pass(Duration.ofMinutes(1));
            Awaitility.await().until(() -> rig.upstream.letters().size() > before);
        }
        assertThat(rig.upstream.letters()).hasSizeLessThanOrEqualTo(12);
        assertThat(rig.journal.events(MailEvent.Deferred.class)).hasSize(101);
        assertThat(rig.journal.events(MailEvent.UpstreamFailed.class)).hasSize(1);

        rig.upstream.does(address -> TAKEN);
        rig.pass(Duration.ofMinutes(2));
        others.forEach(each -> rig.awaitState(each, QueueState.Ended.class));
        var recovered = rig.journal.events(MailEvent.UpstreamRecovered.class);
        assertThat(recovered).singleElement().extracting(MailEvent.UpstreamRecovered::downMillis).isEqualTo(720_000L);
        assertThat(others).allMatch(each -> rig.spool.attemptsCounted(each.id()) == 1);
    }

    @Test
    void probesWithOneLetterAfterAnother() throws Exception {
        rig.upstream.does(address -> address.localPart().equals("poison") ? CLOSING : REFUSED);
        var poison = rig.letter(JAN, "poison@example.com");
        var other = rig.letter(JAN, "other@example.com");
        rig.accept(poison);
        rig.awaitState(poison, QueueState.Deferred.class);
        // Not at once, though its attempt didn't count: others go first.
        assertThat(rig.spool.state(poison.id())).contains(new QueueState.Deferred(rig.time.instant().plusSeconds(60)));
        assertThat(rig.spool.attemptsCounted(poison.id())).isZero();
        rig.upstream.does(address -> address.localPart().equals("poison") ? CLOSING : TAKEN);
        rig.accept(other);
        rig.queues.start();
        rig.pass(Duration.ofSeconds(1));
        rig.awaitState(other, QueueState.Ended.class);
    }

    @Test
    void givesBackWhatGrowsTooOldMeanwhile() throws Exception {
        var tried = brought(REFUSED);
        var waiting = rig.letter(JAN, "b@example.com", "c@example.com");
        rig.accept(waiting);
        rig.queues.start();
        rig.time.advance(Duration.ofDays(5).plusMillis(1));
        var young = rig.letter(JAN, "young@example.com");
        rig.accept(young);
        rig.queues.wake();
        rig.awaitState(tried, QueueState.Ended.class);
        rig.awaitState(waiting, QueueState.Ended.class);
        assertThat(rig.spool.recipients(waiting.id())).extracting(Recipient::status).containsOnly(Recipient.Status.FAILED);
        assertThat(Rig.text(rig.awaitReport())).contains("554 5.4.7 Delivery time expired, last: refused");
        assertThat(rig.spool.state(young.id()).orElseThrow()).isInstanceOf(QueueState.Deferred.class);
    }

    @Test
    void aLetterThatHadNoTurnCountsNoAttempt() throws Exception {
        var letter = brought(new Outcome.NotTried(new FailureCause.Trouble("all 20 connections busy")));
        assertThat(rig.spool.attemptsCounted(letter.id())).isZero();
        assertThat(rig.spool.state(letter.id())).contains(new QueueState.Deferred(rig.time.instant().plusSeconds(1)));
        assertThat(rig.spool.tried(letter.id())).isEmpty();
        rig.queues.start();
        for (var i = 2; i < 5; i++) {
            var before = rig.upstream.letters().size();
            rig.pass(Duration.ofSeconds(1));
            Awaitility.await().until(() -> rig.upstream.letters().size() > before);
        }
        assertThat(rig.journal.events(MailEvent.Deferred.class)).hasSize(1);
        assertThat(rig.journal.events(MailEvent.UpstreamFailed.class)).isEmpty();
        rig.time.advance(Duration.ofDays(5));
        assertThat(rig.journal.events(MailEvent.Failed.class)).isEmpty();
    }

    @Test
    void countsTheAttemptOfWhoWasAnswered() throws Exception {
        rig.upstream.does(address -> address.localPart().equals("a") ? LATER : new Outcome.TempFailed(
                Stage.RCPT, new FailureCause.Trouble("connection closed")));
        var letter = rig.letter(ReversePath.NULL, "a@example.com", "b@example.com");
        rig.accept(letter);
        rig.awaitState(letter, QueueState.Deferred.class);
        assertThat(rig.spool.attemptsCounted(letter.id())).isEqualTo(1);
        assertThat(rig.journal.events(MailEvent.UpstreamFailed.class)).hasSize(1);
    }

    private Letter brought(Outcome outcome) throws Exception {
        rig.upstream.does(address -> outcome);
        var letter = rig.letter(JAN, "a@example.com");
        rig.accept(letter);
        rig.awaitState(letter, QueueState.Deferred.class);
        return letter;
    }
}
