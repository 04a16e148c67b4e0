package facteur.delivery;

import static facteur.delivery.Rig.JAN;
import static facteur.delivery.Rig.LATER;
import static facteur.delivery.Rig.REFUSED;
import static facteur.delivery.Rig.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.SettableClock;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.platform.clock.ClockWatch;
import facteur.spool.QueueState;
import facteur.upstream.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of letters when the clock is set while they wait.
final class JumpedClockTest {
    private final SettableClock clock = new SettableClock();
    private final ClockWatch watch = new ClockWatch(clock.wall(), clock);
    private final Rig rig = new Rig(clock.with(watch));

    @AfterEach
    void stop() {
        rig.close();
    }

    private Letter letter() throws Exception {
        var letter = rig.letter(JAN, "a@example.com");
        rig.accept(letter);
        return letter;
    }

    private List<Letter> letters(int number) throws Exception {
        var letters = new ArrayList<Letter>();
        for (var i = 0; i < number; i++) {
            letters.add(letter());
        }
        return letters;
    }

    private void pass(Duration duration) {
        clock.advance(duration);
        rig.queues.wake();
    }

    /// Seconds pass meanwhile: an attempt that ran when the upstream came back is put off by one.
    private void awaitEnd(Letter letter) {
        Awaitility.with().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).await().until(() -> {
            pass(Duration.ofSeconds(1));
            return rig.spool.state(letter.id()).filter(QueueState.Ended.class::isInstance).isPresent();
        });
    }

    @Test
    void anUpstreamThatFailedAheadOfTimeIsTriedWhenItsRestIsOver() throws Exception {
        clock.set(Duration.ofHours(2));
        rig.upstream.does(_ -> REFUSED);
        rig.queues.start();
        var first = letter();
        rig.journal.await(MailEvent.UpstreamFailed.class, 1);
        clock.set(Duration.ofHours(-2));
        rig.queues.bringForward(Duration.ofHours(2));
        rig.upstream.does(_ -> TAKEN);
        var others = letters(3);
        awaitEnd(first);
        others.forEach(this::awaitEnd);
        assertThat(rig.journal.events(MailEvent.Relayed.class)).hasSize(4);
    }

    /// Without a word of the watch: as after a restart, or when another node wrote it.
    @Test
    void whatIsDueLaterThanTheScheduleKnowsIsDueNow() throws Exception {
        clock.set(Duration.ofDays(3));
        rig.upstream.does(_ -> LATER);
        rig.queues.start();
        var letter = letter();
        rig.journal.await(MailEvent.Deferred.class, 1);
        rig.awaitState(letter, QueueState.Deferred.class);
        clock.set(Duration.ofDays(-3));
        rig.upstream.does(_ -> TAKEN);
        rig.queues.wake();
        rig.awaitState(letter, QueueState.Ended.class);
    }

    @Test
    void tellsByTheWallClockWhenAnUpstreamIsTriedAgain() throws Exception {
        clock.set(Duration.ofDays(-300));
        rig.upstream.does(_ -> REFUSED);
        var first = letter();
        var failed = rig.journal.await(MailEvent.UpstreamFailed.class, 1).getFirst();
        assertThat(failed.retryAt()).isEqualTo(clock.wall().instant().plusSeconds(1));
        rig.awaitState(first, QueueState.Deferred.class);
        letter();
        assertThat(rig.journal.await(MailEvent.Deferred.class, 2).getLast().dueAt()).isEqualTo(failed.retryAt());
    }

    @Test
    void nothingIsGivenBackForAnHourAfterAJumpThoughItSeemsOld() throws Exception {
        pass(ClockWatch.CALM);
        rig.upstream.does(_ -> REFUSED);
        var letters = letters(5);
        letters.forEach(letter -> rig.awaitState(letter, QueueState.Deferred.class));
        rig.queues.start();
        clock.set(Duration.ofDays(6));
        for (var i = 0; i < 59; i++) {
            pass(Duration.ofMinutes(1));
        }

        rig.upstream.does(_ -> TAKEN);
        letters.forEach(this::awaitEnd);
        assertThat(rig.journal.events(MailEvent.Relayed.class)).hasSize(5);
        assertThat(rig.journal.events(MailEvent.Failed.class)).isEmpty();
        assertThat(rig.journal.events(MailEvent.DelayReported.class)).isEmpty();
    }

    /// Those that the upstream was probed with come first, not last.
    @Test
    void whatSeemsOldLeavesAsSoonAsTheUpstreamIsBack() throws Exception {
        pass(ClockWatch.CALM);
        rig.upstream.does(_ -> REFUSED);
        rig.queues.start();
        var letter = letter();
        rig.awaitState(letter, QueueState.Deferred.class);
        clock.set(Duration.ofDays(6));
        pass(Duration.ofSeconds(1));
        Awaitility.await().until(() -> rig.spool.tried(letter.id()).size() == 2);
        rig.awaitState(letter, QueueState.Deferred.class);
        assertThat(rig.spool.state(letter.id())).contains(new QueueState.Deferred(clock.wall().instant().plusSeconds(1)));
    }

    /// With answers of the upstream's, not only while it is down.
    @Test
    void norIsALetterThatIsTriedAndPutOff() throws Exception {
        pass(ClockWatch.CALM);
        rig.upstream.does(_ -> LATER);
        rig.queues.start();
        var letter = letter();
        rig.journal.await(MailEvent.Deferred.class, 1);
        clock.set(Duration.ofDays(6));
        rig.queues.wake();
        rig.journal.await(MailEvent.Deferred.class, 2);
        assertThat(rig.journal.events(MailEvent.Failed.class)).isEmpty();
        assertThat(rig.journal.events(MailEvent.DelayReported.class)).isEmpty();
        rig.awaitState(letter, QueueState.Deferred.class);
        pass(ClockWatch.CALM);
        awaitEnd(letter);
        assertThat(rig.journal.events(MailEvent.Failed.class)).hasSize(1);
    }

    @Test
    void thenEachIsTriedOnceMore() throws Exception {
        pass(ClockWatch.CALM);
        rig.upstream.does(_ -> REFUSED);
        var letters = letters(5);
        letters.forEach(letter -> rig.awaitState(letter, QueueState.Deferred.class));
        clock.set(Duration.ofDays(6));
        assertThat(watch.isSettled()).isFalse();
        clock.advance(ClockWatch.CALM);
        rig.queues.start();
        letters.forEach(letter -> rig.awaitState(letter, QueueState.Ended.class));
        assertThat(letters).allSatisfy(letter -> assertThat(rig.spool.tried(letter.id()).getLast().at())
                .isAfterOrEqualTo(letter.acceptedAt().plus(Duration.ofDays(5))));
    }

    /// It was relayed all the same, had it only been tried.
    @Test
    void aLetterAcceptedFarBehindIsTriedBeforeItIsGivenBack() throws Exception {
        clock.set(Duration.ofDays(-10_000));
        var letter = rig.letter(JAN, "a@example.com");
        clock.set(Duration.ofDays(10_000));
        assertThat(watch.isSettled()).isFalse();
        clock.advance(ClockWatch.CALM);
        rig.upstream.does(_ -> REFUSED);
        letter();
        rig.journal.await(MailEvent.UpstreamFailed.class, 1);
        rig.accept(letter);
        rig.upstream.does(_ -> TAKEN);
        rig.queues.start();
        awaitEnd(letter);
        assertThat(rig.journal.events(MailEvent.Failed.class)).isEmpty();
    }

    /// It began in time, and ended six days later by the clock.
    @Test
    void aJumpInTheMiddleOfAnAttemptEndsNoLetter() throws Exception {
        pass(ClockWatch.CALM);
        rig.upstream.does(_ -> jumping(Duration.ofDays(6)));
        rig.queues.start();
        var letter = letter();
        rig.journal.await(MailEvent.Deferred.class, 1);
        rig.awaitState(letter, QueueState.Deferred.class);
        assertThat(rig.journal.events(MailEvent.Failed.class)).isEmpty();
    }

    private Outcome jumping(Duration by) {
        clock.set(by);
        return LATER;
    }
}
