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
import java.util.function.Consumer;

/// Relays to a smarthost over connections that serve many letters.
///
/// A connection that has served before may be at its end without our knowing ([StaleConnection]). When it turns out so before
/// the message begins, nothing has happened to the letter yet, and it goes over a fresh one in the same attempt. So do the
/// recipients that one connection had no room for.
///
/// A smarthost that turns a connection away while it serves others has too many of them: there are fewer from then on
/// ([Throttle]), and the letter waits for another turn in the same attempt.
///
/// Thread-safe. [#relay] blocks as long as [Timeouts] lets it.
public final class SmtpUpstream implements Upstream {
    /// How often a letter is turned away in one attempt, at most: it may be its own fault.
    private static final int REFUSALS = 3;

    /// Waits for a time to come, or for the end.
    @FunctionalInterface
    interface Pause {
        void until(Instant at) throws InterruptedException;
    }

    /// How a try over one connection came out.
    private sealed interface Try {
        record Done(List<Outcome> outcomes) implements Try {}

        /// Others were served meanwhile.
        ///
        /// @param outcomes if it is the last try
        record TurnedAway(List<Outcome> outcomes) implements Try {}
    }

    private final Smarthost smarthost;
    private final Breaker breaker;
    private final Journal journal;
    private final SteadyTime time;
    private final Pool pool;
    private final Dialler dialler;
    private final SendingRate rate;
    private final SevenBitForm form;
    private final RecipientLimit recipientLimit;
    private final PauseReporter rests;
    private final Pause pause;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// By the last EHLO.
    private volatile HeaderEncoding encoding = HeaderEncoding.ASCII;

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
        this.dialler = new Dialler(smarthost, time);
        this.rate = rate;
        this.rests = new PauseReporter(smarthost.name(), journal, time);
        this.recipientLimit = new RecipientLimit(smarthost.recipients(), time);
        this.pause = pause.orElse(this::awaitInstant);
    }

    @Override
    public String name() {
        return smarthost.name();
    }

    @Override
    public HeaderEncoding encoding() {
        return encoding;
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
        var expected = rate.expected(pool.waiting(), time.instant());
        if (expected.isPresent() && expected.get().at().isAfter(latest)) {
            return capped(envelope, expected.get());
        }
        var isCounted = false;
        for (var refusals = 1; ; refusals++) {
            if (!pool.awaitTurn(Duration.between(time.instant(), latest))) {
                return busy(envelope);
            }
            try {
                if (!isCounted) {
                    var slot = rate.take(envelope.recipients().size(), time.instant(), latest());
                    if (slot.isPresent() && slot.get().at().isAfter(latest())) {
                        return capped(envelope, slot.get());
                    }
                    if (slot.isPresent()) {
                        pause.until(slot.get().at());
                    }
                    isCounted = true;
                }
                var obstacle = obstacle(ticket);
                if (obstacle.isPresent()) {
                    return notTried(envelope, obstacle.get());
                }
                switch (relay(envelope, letter, progress)) {
                    case Try.Done(var outcomes) -> {
                        return outcomes;
                    }
                    case Try.TurnedAway(var outcomes) -> {
                        if (refusals == REFUSALS) {
                            return outcomes;
                        }
                    }
                }
            } finally {
                pool.endTurn();
            }
        }
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
    public void reap() {
        pool.reap();
        farSlot().ifPresent(rests::tell);
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
    private Optional<FailureCause> obstacle(Breaker.Ticket ticket) {
        return pool.isClosed()
                ? Optional.of(new FailureCause.Trouble("closed meanwhile"))
                : breaker.failedSince(ticket).map(Outcome.TempFailed::cause);
    }

    private Try relay(Envelope envelope, OutgoingLetter letter, Progress progress) {
        var since = time.instant();
        var recipients = new OpenRecipients(envelope);
        var group = new GroupSize(recipientLimit);
        Consumer<RelayTransport> work = connection -> relay(
                connection, new Transactions(connection, envelope, letter, recipients, group), recipients, progress);
        pool.take().ifPresent(work);
        while (recipients.remain()) {
            switch (dial()) {
                case Dialler.Dialled.Failed(var failure, _) -> {
                    if (recipients.areUntouched() && TooManyConnections.isSaidBy(failure) && pool.isTooMany(since, failure.cause())) {
                        return new Try.TurnedAway(notTried(envelope, failure.cause()));
                    }
                    recipients.settleAll(failure);
                }
                case Dialler.Dialled.Ready(var connection) -> {
                    encoding = connection.extensions().encoding();
                    work.accept(connection);
                }
            }
        }
        return judged(since, recipients.outcomes());
    }

    private Dialler.Dialled dial() {
        pool.opening();
        Optional<Dialler.Dialled> dialled = Optional.empty();
        try {
            dialled = Optional.of(dialler.dial());
            return dialled.get();
        } finally {
            if (dialled.filter(Dialler.Dialled.Ready.class::isInstance).isEmpty()) {
                pool.notOpened();
            }
        }
    }

    /// The connection is given back by now.
    private Try judged(Instant since, List<Outcome> outcomes) {
        if (outcomes.stream().anyMatch(Outcome.Relayed.class::isInstance)) {
            pool.relayed();
        }
        return outcomes.getFirst() instanceof Outcome.TempFailed failure
                        && TooManyConnections.isSaidBy(outcomes)
                        && pool.isTooMany(since, failure.cause())
                ? new Try.TurnedAway(outcomes)
                : new Try.Done(outcomes);
    }

    private void relay(RelayTransport connection, Transactions transactions, OpenRecipients recipients, Progress progress) {
        var isInOrder = false;
        var isTurnedAway = false;
        try {
            isInOrder = transactions.run(smarthost.limits().letters(), progress) == Transaction.Ending.IN_ORDER;
            isTurnedAway = !recipients.remain() && TooManyConnections.isSaidBy(recipients.outcomes());
        } finally {
            if (isInOrder && isTurnedAway) {
                pool.retire(connection);
            } else if (isInOrder) {
                pool.give(connection);
            } else {
                pool.drop(connection);
            }
        }
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
        rests.tell(slot);
        return notTried(envelope, new FailureCause.Trouble("no more than " + slot.cap()));
    }

    private static List<Outcome> notTried(Envelope envelope, FailureCause cause) {
        return all(envelope, new Outcome.NotTried(cause));
    }

    private static List<Outcome> all(Envelope envelope, Outcome outcome) {
        return Collections.nCopies(envelope.recipients().size(), outcome);
    }
}
