package facteur.upstream;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Relays to a smarthost over connections that serve many letters.
///
/// An attempt waits for a turn in the [Pool] and for a slot under the caps ([SendingRate]), then goes over one or more
/// connections ([PooledRelay]). A letter that the smarthost turns away for having too many connections waits for another turn
/// in the same attempt.
///
/// Thread-safe. [#relay] blocks as long as [Timeouts] lets it.
public final class SmtpUpstream implements Upstream {
    /// The most turns that a letter gets in one attempt: that it is turned away may be its own fault.
    private static final int TURNS = 3;

    /// Waits for a time to come, or for the end.
    @FunctionalInterface
    interface Pause {
        void until(Instant at) throws InterruptedException;
    }

    private final Smarthost smarthost;
    private final Breaker breaker;
    private final Journal journal;
    private final SteadyTime time;
    private final Pool pool;
    private final PooledRelay relay;
    private final SendingRate rate;
    private final SevenBitForm form;
    private final PauseReporter pauses;
    private final Pause pause;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @param rate shared with who relays under the same name
    /// @param breaker is asked before an attempt that had to wait goes on; it learns from outcomes elsewhere
    /// @param form of letters that it can't carry as they are
    /// @param journal is told when a letter was converted, and what concerns no single letter
    public SmtpUpstream(
            Smarthost smarthost,
            SendingRate rate,
            Breaker breaker,
            SevenBitForm form,
            Journal journal,
            SteadyTime time) {
        this(smarthost, rate, breaker, form, journal, time, Optional.empty());
    }

    /// @param pause until a letter may go; the usual one when empty
    SmtpUpstream(
            Smarthost smarthost,
            SendingRate rate,
            Breaker breaker,
            SevenBitForm form,
            Journal journal,
            SteadyTime time,
            Optional<Pause> pause) {
        this.smarthost = smarthost;
        this.breaker = breaker;
        this.form = form;
        this.journal = journal;
        this.time = time;
        this.pool = new Pool(smarthost.limits(), time);
        this.relay = new PooledRelay(smarthost, pool, time);
        this.rate = rate;
        this.pauses = new PauseReporter(smarthost.name(), journal, time);
        this.pause = pause.orElse(this::awaitInstant);
    }

    @Override
    public String name() {
        return smarthost.name();
    }

    @Override
    public HeaderEncoding encoding() {
        return relay.encoding();
    }

    @Override
    public List<Outcome> relay(QueueId id, Envelope envelope, Message message) {
        return relay(id, envelope, message, outcomes -> {});
    }

    @Override
    public List<Outcome> relay(QueueId id, Envelope envelope, Message message, Progress progress) {
        var ticket = breaker.begin();
        try (var letter = new OutgoingLetter(message, smarthost.eightBit(), form)) {
            var outcomes = relay(ticket, envelope, letter, progress);
            if (letter.isConverted()) {
                journal.record(new MailEvent.Converted(id.text(), name()));
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notTried(envelope, new FailureCause.Trouble("interrupted"));
        }
    }

    private List<Outcome> relay(Breaker.Ticket ticket, Envelope envelope, OutgoingLetter letter, Progress progress)
            throws InterruptedException {
        var latest = latest();
        var cap = rate.expected(pool.waiting(), time.instant()).filter(slot -> slot.at().isAfter(latest));
        if (cap.isPresent()) {
            return capped(envelope, cap.get());
        }
        for (var turn = 1;; turn++) {
            if (!pool.awaitTurn(Duration.between(time.instant(), latest))) {
                return busy(envelope);
            }
            try {
                var obstacle = turn == 1 ? awaitSlot(envelope) : Optional.<List<Outcome>>empty();
                obstacle = obstacle.or(() -> failedSince(ticket).map(cause -> notTried(envelope, cause)));
                if (obstacle.isPresent()) {
                    return obstacle.get();
                }
                var result = relay.relay(envelope, letter, progress);
                if (!result.isTurnedAway() || turn == TURNS) {
                    return result.outcomes();
                }
            } finally {
                pool.endTurn();
            }
        }
    }

    /// Counts the letter under the caps, once per attempt, and waits until they let it go.
    ///
    /// @return the outcomes when that is too late
    private Optional<List<Outcome>> awaitSlot(Envelope envelope) throws InterruptedException {
        var slot = rate.acquire(envelope.recipients().size(), time.instant(), latest());
        if (slot.isPresent() && slot.get().at().isAfter(latest())) {
            return Optional.of(capped(envelope, slot.get()));
        }
        if (slot.isPresent()) {
            pause.until(slot.get().at());
        }
        return Optional.empty();
    }

    /// How many letters wait for a connection.
    int waiting() {
        return pool.waiting();
    }

    @Override
    public Optional<Instant> restsUntil() {
        return farSlot().map(slot -> slot.at().minus(smarthost.timeouts().turn()));
    }

    /// The next slot, when no letter would wait for it.
    private Optional<SendingRate.Slot> farSlot() {
        return rate.expected(pool.waiting(), time.instant()).filter(slot -> slot.at().isAfter(latest()));
    }

    @Override
    public OptionalInt connectionLimit() {
        return OptionalInt.of(pool.limit());
    }

    @Override
    public OptionalInt connections() {
        return OptionalInt.of(pool.open());
    }

    @Override
    public void reap() {
        pool.reap();
        farSlot().ifPresent(pauses::report);
        pool.news()
                .ifPresent(fewer -> journal.record(
                        new MailEvent.UpstreamThrottled(name(), fewer.limit(), fewer.last().toString())));
    }

    @Override
    public void close() {
        pool.close();
        closing.countDown();
    }

    /// Why a letter that had to wait need not go on.
    private Optional<FailureCause> failedSince(Breaker.Ticket ticket) {
        return pool.isClosed()
                ? Optional.of(new FailureCause.Trouble("closed meanwhile"))
                : breaker.failedSince(ticket).map(Outcome.TempFailed::cause);
    }

    private Instant latest() {
        return time.instant().plus(smarthost.timeouts().turn());
    }

    private void awaitInstant(Instant at) throws InterruptedException {
        // Whether it is the end is asked afterwards.
        var _ = closing.await(Duration.between(time.instant(), at).toNanos(), TimeUnit.NANOSECONDS);
    }

    private List<Outcome> busy(Envelope envelope) {
        var text = "all " + pool.limit() + " connections busy for "
                + RelaySocket.text(smarthost.timeouts().turn());
        return notTried(envelope, new FailureCause.Trouble(text));
    }

    private List<Outcome> capped(Envelope envelope, SendingRate.Slot slot) {
        pauses.report(slot);
        return notTried(envelope, new FailureCause.Trouble("no more than " + slot.cap()));
    }

    private static List<Outcome> notTried(Envelope envelope, FailureCause cause) {
        return Collections.nCopies(envelope.recipients().size(), new Outcome.NotTried(cause));
    }
}
