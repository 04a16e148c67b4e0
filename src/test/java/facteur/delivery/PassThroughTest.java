package facteur.delivery;

import static facteur.delivery.Rig.JAN;
import static facteur.delivery.Rig.LATER;
import static facteur.delivery.Rig.NEVER;
import static facteur.delivery.Rig.REFUSED;
import static facteur.delivery.Rig.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.smtp.Reply;
import facteur.spool.QueueState;
import facteur.spool.SpoolException;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an app is told that waits for the first attempt.
final class PassThroughTest {
    private Rig rig = new Rig(new ReplyTiming.PassThrough(Duration.ofSeconds(20)));
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    @Test
    void takesWhatTheUpstreamTakes() throws Exception {
        var letter = rig.letter(JAN, "a@example.com");
        assertThat(rig.accept(letter)).isEmpty();
        assertThat(rig.spool.state(letter.id()).orElseThrow()).isInstanceOf(QueueState.Ended.class);
    }

    @Test
    void refusesWhatTheUpstreamRefusesForAllAndTellsOnlyTheApp() throws Exception {
        rig.upstream.does(address -> NEVER);
        var letter = rig.letter(JAN, "a@example.com", "b@example.com");
        assertThat(rig.accept(letter)).contains(Reply.of(550, 1, 1, "no such user"));
        assertThat(rig.spool.state(letter.id()).orElseThrow()).isInstanceOf(QueueState.Ended.class);
        assertThat(rig.spool.letters()).hasSize(1);
        assertThat(rig.journal.events(MailEvent.Failed.class)).hasSize(2);
        assertThat(rig.journal.events(MailEvent.Bounced.class)).isEmpty();
    }

    @Test
    void givesARefusalTheStatusThatItLacks() throws Exception {
        rig.upstream.does(address -> new Outcome.PermFailed(Stage.END_OF_DATA, Reply.plain(554, "no")));
        assertThat(rig.accept(rig.letter(JAN, "a@example.com"))).map(Reply::wire).contains("554 5.0.0 no");
    }

    @Test
    void keepsWhatTheUpstreamPutsOff() throws Exception {
        for (var outcome : new Outcome[] {LATER, REFUSED}) {
            rig.upstream.does(address -> outcome);
            var letter = rig.letter(JAN, "a@example.com");
            assertThat(rig.accept(letter)).isEmpty();
            assertThat(rig.spool.state(letter.id()).orElseThrow()).isInstanceOf(QueueState.Deferred.class);
        }
        // Down by now: no app waits for it.
        var another = rig.letter(JAN, "a@example.com");
        assertThat(rig.accept(another)).isEmpty();
        assertThat(rig.upstream.letters()).hasSize(2);
    }

    @Test
    void reportsOnThoseWhoAreRefusedAmongOthers() throws Exception {
        rig.upstream.does(address -> address.localPart().equals("gone") ? NEVER : TAKEN);
        assertThat(rig.accept(rig.letter(JAN, "a@example.com", "gone@example.com"))).isEmpty();
        assertThat(rig.journal.await(MailEvent.Bounced.class, 1)).hasSize(1);
        assertThat(Rig.text(rig.awaitReport())).contains("gone@example.com").doesNotContain("a@example.com");
    }

    @Test
    void sendsNoSecondCopyWhenItStopsWaiting() throws Exception {
        rig.close();
        rig = new Rig(new ReplyTiming.PassThrough(Duration.ofMillis(50)));
        var letter = acceptedWhileStalled(TAKEN);
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.upstream.letters()).hasSize(1);
        assertThat(rig.journal.events(MailEvent.Relayed.class)).hasSize(1);
    }

    @Test
    void reportsARefusalThatComesAfterTheAppHasGone() throws Exception {
        rig.close();
        rig = new Rig(new ReplyTiming.PassThrough(Duration.ofMillis(50)));
        var letter = acceptedWhileStalled(NEVER);
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.journal.await(MailEvent.Bounced.class, 1)).hasSize(1);
    }

    @Test
    void letsAppsGoAtAStop() throws Exception {
        rig.upstream.does(address -> stalled(TAKEN));
        var letter = rig.letter(JAN, "a@example.com");
        var reply = CompletableFuture.supplyAsync(() -> accept(letter));
        Awaitility.await().until(() -> rig.upstream.letters().size() == 1);
        rig.queues.releaseApps();
        assertThat(reply.join()).isEmpty();
        assertThat(rig.accept(rig.letter(JAN, "b@example.com"))).isEmpty();
        release.countDown();
        rig.awaitState(letter, QueueState.Ended.class);
    }

    @Test
    void tellsTheAppEvenWhileTheOutcomeCannotBeWritten() throws Exception {
        rig.close();
        rig = new Rig(new ReplyTiming.PassThrough(Duration.ofSeconds(20)), Duration.ofMillis(10));
        rig.upstream.does(address -> {
            rig.spool.breakDown();
            return NEVER;
        });
        var letter = rig.letter(JAN, "a@example.com");
        assertThat(rig.accept(letter)).isPresent();
        rig.spool.repair();
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.spool.letters()).hasSize(1);
    }

    private Letter acceptedWhileStalled(Outcome outcome) throws SpoolException {
        rig.upstream.does(address -> address.localPart().equals("jan") ? TAKEN : stalled(outcome));
        var letter = rig.letter(JAN, "a@example.com");
        assertThat(rig.accept(letter)).isEmpty();
        assertThat(rig.spool.state(letter.id()).orElseThrow()).isInstanceOf(QueueState.Active.class);
        release.countDown();
        return letter;
    }

    private Optional<Reply> accept(Letter letter) {
        try {
            return rig.accept(letter);
        } catch (SpoolException e) {
            throw new AssertionError(e);
        }
    }

    private Outcome stalled(Outcome outcome) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }
}
