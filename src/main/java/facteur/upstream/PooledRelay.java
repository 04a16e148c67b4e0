package facteur.upstream;

import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.platform.clock.SteadyTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Relays one letter over connections of a pool: an idle one if there is one, then fresh ones while recipients remain.
///
/// A connection that has served before may have ended unnoticed ([StaleConnection]). If that shows before the message begins,
/// nothing has happened to the letter yet, and it goes over a fresh one in the same attempt. So do the recipients that one
/// connection had no room for.
///
/// A smarthost that turns a connection away while it serves others has too many of them: fewer are opened from then on
/// ([Throttle]).
///
/// Thread-safe.
final class PooledRelay {
    /// How one turn ended.
    ///
    /// @param outcomes in the order of the recipients
    /// @param isTurnedAway the smarthost had too many connections; others were served meanwhile
    record Result(List<Outcome> outcomes, boolean isTurnedAway) {}

    private final Smarthost smarthost;
    private final Pool pool;
    private final SteadyTime time;
    private final Dialler dialler;
    private final RecipientLimit recipientLimit;

    /// By the last EHLO.
    private volatile HeaderEncoding encoding = HeaderEncoding.ASCII;

    PooledRelay(Smarthost smarthost, Pool pool, SteadyTime time) {
        this.smarthost = smarthost;
        this.pool = pool;
        this.time = time;
        this.dialler = new Dialler(smarthost, time);
        this.recipientLimit = new RecipientLimit(smarthost.recipients(), time);
    }

    /// What the header of a letter may hold, as the last connection said.
    HeaderEncoding encoding() {
        return encoding;
    }

    /// The caller holds a turn in the pool. Blocks as long as [Timeouts] lets it.
    Result relay(Envelope envelope, OutgoingLetter letter, Upstream.Progress progress) {
        var since = time.instant();
        var recipients = new OpenRecipients(envelope);
        var group = new GroupSize(recipientLimit);
        var idle = pool.take();
        if (idle.isPresent()) {
            use(idle.get(), new Transactions(idle.get(), envelope, letter, recipients, group), recipients, progress);
        }
        while (recipients.remain()) {
            switch (dial()) {
                case Dialler.Dialled.Failed(var failure, _) -> {
                    if (recipients.areUntouched() && TooManyConnections.isSaidBy(failure) && pool.isTooMany(since, failure.cause())) {
                        var none = new Outcome.NotTried(failure.cause());
                        return new Result(Collections.nCopies(envelope.recipients().size(), none), true);
                    }
                    recipients.settleAll(failure);
                }
                case Dialler.Dialled.Ready(var connection) -> {
                    encoding = connection.extensions().encoding();
                    use(connection, new Transactions(connection, envelope, letter, recipients, group), recipients, progress);
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

    /// Gives the connection back to the pool, or ends it.
    private void use(RelayTransport connection, Transactions transactions, OpenRecipients recipients, Upstream.Progress progress) {
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

    private Result judged(Instant since, List<Outcome> outcomes) {
        if (isRelayed(outcomes)) {
            pool.relayed();
        }
        var isTurnedAway = outcomes.getFirst() instanceof Outcome.TempFailed failure
                && TooManyConnections.isSaidBy(outcomes)
                && pool.isTooMany(since, failure.cause());
        return new Result(outcomes, isTurnedAway);
    }

    private static boolean isRelayed(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            if (outcome instanceof Outcome.Relayed) {
                return true;
            }
        }
        return false;
    }
}
