package facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MemorySpool;
import facteur.fixture.SettableClock;
import facteur.journal.MailEvent;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.platform.clock.ClockWatch;
import facteur.spool.ClaimedWork;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.SpoolException;
import facteur.upstream.Breaker;
import facteur.upstream.Jitter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// One letter that an upstream never takes, while its clock is set now and then.
final class ClockStepsPropertyTest {
    private static final RouteId ROUTE = new RouteId("test");
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofHours(4)), Duration.ofDays(5), Duration.ofHours(4));

    /// @param passes before the clock is set
    /// @param attempt how long an attempt takes that is made then, if the letter is due
    record Step(Duration passes, Duration set, Duration setWithin, Duration attempt) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        var sets = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Duration.ZERO)),
                Tuple.of(2, Arbitraries.longs().between(-864_000, 864_000).map(Duration::ofSeconds)),
                Tuple.of(1, Arbitraries.longs().between(-59, 59).map(Duration::ofSeconds)));
        var passes = Arbitraries.longs().between(1, 30_000).map(Duration::ofSeconds);
        var attempts = Arbitraries.longs().between(0, 600).map(Duration::ofSeconds);
        return Combinators.combine(passes, sets, sets, attempts).as(Step::new).list().ofMaxSize(60);
    }

    @Property(tries = 200)
    void aLetterIsTriedInTimeAndEndsByItsAgeAloneWhenThatIsSure(@ForAll("steps") List<Step> steps) throws SpoolException {
        new World().live(steps);
    }

    /// Its own for each try.
    private static final class World {
        private final SettableClock clock = new SettableClock();
        private final ClockWatch watch = new ClockWatch(clock.wall(), clock);
        private final MemorySpool spool = new MemorySpool();
        private final QueueIds ids = new QueueIds(clock.wall(), new Random(1));
        private final Verdicts verdicts = new Verdicts(
                SCHEDULE,
                Jitter.of(new Random(1)),
                new Reporter(
                        new DsnWriter("relay.example.org", "shared.example", Language.EN),
                        new Signer(_ -> List.of(), clock.wall()),
                        ids,
                        ReversePath.NULL),
                clock.with(watch));

        void live(List<Step> steps) throws SpoolException {
            var letter = letter();
            spool.acceptWaiting(Map.of(ROUTE, letter));
            for (var step : steps) {
                clock.advance(step.passes());
                clock.set(step.set());
                attempt(letter, step);
                if (spool.state(letter.id()).orElseThrow() instanceof QueueState.Ended) {
                    return;
                }
            }
            // From here on it isn't set any more: no wait is longer than the schedule's, and everything comes to its end.
            clock.advance(SCHEDULE.longest());
            var tried = spool.tried(letter.id()).size();
            attempt(letter, new Step(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
            assertThat(spool.tried(letter.id())).hasSizeGreaterThan(tried);
        }

        private void attempt(Letter letter, Step step) throws SpoolException {
            var now = clock.wall().instant();
            spool.recall(ROUTE, now.plus(verdicts.longestDelay()), now);
            if (!(spool.due(ROUTE, now, 1) instanceof ClaimedWork.Now due)) {
                return;
            }
            var spooled = due.letters().getFirst();
            clock.advance(step.attempt());
            clock.set(step.setWithin());
            var verdict = verdicts.judge(spooled, trial(spooled), now, Verdicts.Notified.NONE);
            var ended = clock.wall().instant();
            switch (verdict.next()) {
                case QueueState.Deferred(var dueAt) -> {
                    assertThat(dueAt).isBetween(ended, ended.plus(verdicts.longestDelay()));
                    assertThat(verdict.events()).noneMatch(MailEvent.Failed.class::isInstance);
                }
                case QueueState.Ended _ -> {
                    assertThat(watch.isSettled()).isTrue();
                    assertThat(now).isAfterOrEqualTo(letter.acceptedAt().plus(SCHEDULE.expireAfter()));
                }
                case QueueState.Held _, QueueState.Active _ -> throw new AssertionError(verdict.next());
            }
            if (verdict.warnedAt().isPresent()) {
                assertThat(watch.isSettled()).isTrue();
                spool.noteWarning(spooled, verdict.warnedAt().get());
            }
            spool.settle(spooled, verdict.recipients(), verdict.attempts(), verdict.next());
        }

        private static AttemptResult trial(LeasedLetter spooled) {
            return new AttemptResult("smarthost", Breaker.Purpose.RELAY, spooled.pending().stream().map(_ -> Rig.LATER).toList(), List.of());
        }

        private Letter letter() {
            var envelope = new Envelope(
                    ReversePath.of("<inbox@shared.example>"), List.of(Address.of("a@example.com")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
            var message = new Message(new Header(List.of(HeaderField.of("Subject", "test"))), new MemoryBody(new byte[2]));
            var provenance = Provenance.parse("app", "dupont", "", "", "", "from.shared", "general.company", "1", "", "");
            return new Letter(ids.next(), clock.wall().instant(), provenance, envelope, Rig.JAN, message);
        }
    }
}
