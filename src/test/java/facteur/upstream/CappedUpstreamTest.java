package facteur.upstream;

import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.SettableClock;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An upstream that may be sent so much and no more.
final class CappedUpstreamTest {
    private final ScriptedUpstream peer = ScriptedUpstream.start();
    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void sendsTenASecond() {
        var sentAt = new ArrayList<Instant>();
        try (var upstream = upstream(new RateCap("letters-per-second", RateCap.Unit.LETTERS, 10, Duration.ofSeconds(1)))) {
            for (var i = 0; i < 60; i++) {
                assertThat(relayed(upstream)).isEqualTo("Relayed 250 2.0.0 taken");
                sentAt.add(time.instant());
            }
        }
        for (var i = 0; i < 60; i++) {
            assertThat(sentAt.get(i)).isEqualTo(TestTime.START.plusMillis(i / 10 * 1001L));
        }
    }

    @Test
    void answersAtOnceWhenItIsLongUntilTheNext() {
        var day = new RateCap("letters-per-day", RateCap.Unit.LETTERS, 2, Duration.ofDays(1));
        try (var upstream = upstream(day)) {
            assertThat(upstream.restsUntil()).isEmpty();
            relayed(upstream);
            relayed(upstream);

            assertThat(relayed(upstream)).isEqualTo("NotTried no more than letters-per-day 2");
            assertThat(relayed(upstream)).isEqualTo("NotTried no more than letters-per-day 2");
            assertThat(time.instant()).isEqualTo(TestTime.START);
            assertThat(peer.letters()).hasSize(2);
            var event = journal.events(MailEvent.UpstreamCapped.class).getFirst();
            assertThat(event.cap()).isEqualTo("letters-per-day");
            assertThat(event.until()).isBetween(TestTime.START.plus(Duration.ofDays(1)), TestTime.START.plusMillis(86_486_400));
            assertThat(journal.events()).hasSize(1);

            var until = upstream.restsUntil().orElseThrow();
            assertThat(until).isEqualTo(event.until().minus(Samples.timeouts().turn()));
            time.advance(Duration.between(time.instant(), until));
            assertThat(upstream.restsUntil()).isEmpty();
            assertThat(relayed(upstream)).isEqualTo("Relayed 250 2.0.0 taken");
        }
    }

    /// What it was sent is no less, and the end of its rest is told by the clock as it goes now.
    @Test
    void aClockThatIsSetNeitherEndsARestNorMakesItLonger() {
        var clock = new SettableClock();
        var day = new RateCap("letters-per-day", RateCap.Unit.LETTERS, 1, Duration.ofDays(1));
        try (var upstream = new SmtpUpstream(
                smarthost(peer), new SendingRate(List.of(day)), Samples.breaker(clock), SevenBitForm.NONE, journal, clock)) {
            relayed(upstream);
            clock.set(Duration.ofDays(6));
            assertThat(relayed(upstream)).isEqualTo("NotTried no more than letters-per-day 1");
            assertThat(journal.events(MailEvent.UpstreamCapped.class).getFirst().until())
                    .isBetween(clock.wall().instant().plus(Duration.ofHours(23)), clock.wall().instant().plus(Duration.ofHours(25)));
            clock.set(Duration.ofDays(-60));
            clock.advance(Duration.ofHours(25));
            assertThat(relayed(upstream)).isEqualTo("Relayed 250 2.0.0 taken");
        }
    }

    @Test
    void waitsNoLongerOnceClosed() throws Exception {
        var hour = new RateCap("letters-per-hour", RateCap.Unit.LETTERS, 1, Duration.ofHours(1));
        var patient = new Timeouts(
                Duration.ofDays(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1));
        var upstream = new SmtpUpstream(
                smarthost(peer).withTimeouts(patient).withLimits(new ConnectionLimits(1, 100, Duration.ofMinutes(5), Duration.ofSeconds(30))),
                new SendingRate(List.of(hour)),
                Samples.breaker(time),
                SevenBitForm.NONE,
                journal,
                time);
        relayed(upstream);
        var forItsTime = CompletableFuture.supplyAsync(() -> relayed(upstream), Thread::startVirtualThread);
        var forItsTurn = CompletableFuture.supplyAsync(() -> relayed(upstream), Thread::startVirtualThread);
        Awaitility.await().until(() -> upstream.waiting() == 1);

        upstream.close();

        assertThat(forItsTime.get(10, TimeUnit.SECONDS)).isEqualTo("NotTried closed meanwhile");
        assertThat(forItsTurn.get(10, TimeUnit.SECONDS)).isEqualTo("NotTried closed meanwhile");
    }

    /// It waits by turning the clock.
    private SmtpUpstream upstream(RateCap cap) {
        return new SmtpUpstream(
                smarthost(peer),
                new SendingRate(List.of(cap)),
                Samples.breaker(time),
                SevenBitForm.NONE,
                journal,
                time,
                Optional.of(at -> time.advance(Duration.between(time.instant(), at))));
    }

    private static String relayed(SmtpUpstream upstream) {
        return text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst());
    }
}
