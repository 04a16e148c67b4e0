package facteur.upstream;

import facteur.message.Message;
import facteur.smtp.Envelope;
import facteur.smtp.HeaderEncoding;
import facteur.spool.QueueId;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/// Relays to a smarthost over connections that serve many letters.
///
/// A connection that has been idle may be dead without our knowing. When it turns out so before the first reply, nothing
/// has happened to the letter yet, and it is sent over a fresh one in the same attempt.
///
/// Thread-safe. [#relay] blocks as long as [Timeouts] lets it.
public final class SmtpUpstream implements Upstream {
    private final Smarthost smarthost;
    private final Breaker breaker;
    private final Pool pool;
    private final Dialler dialler;

    /// By the last EHLO.
    private volatile HeaderEncoding encoding = HeaderEncoding.ASCII;

    /// @param breaker is asked before an attempt that had to wait goes on; it learns from outcomes elsewhere
    public SmtpUpstream(Smarthost smarthost, Breaker breaker, InstantSource time) {
        this.smarthost = smarthost;
        this.breaker = breaker;
        this.pool = new Pool(smarthost.limits(), time);
        this.dialler = new Dialler(smarthost, time);
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
        var ticket = breaker.begin();
        try {
            if (!pool.awaitTurn(smarthost.timeouts().turn())) {
                return busy(envelope);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return all(envelope, new Outcome.NotTried(new Cause.Trouble("interrupted")));
        }
        try {
            return breaker.failedSince(ticket)
                    .map(failure -> all(envelope, new Outcome.NotTried(failure.cause())))
                    .orElseGet(() -> relay(envelope, message));
        } finally {
            pool.endTurn();
        }
    }

    /// How many letters wait for a connection.
    int waiting() {
        return pool.waiting();
    }

    @Override
    public void reap() {
        pool.reap();
    }

    @Override
    public void close() {
        pool.close();
    }

    private List<Outcome> relay(Envelope envelope, Message message) {
        if (pool.isClosed()) {
            return all(envelope, new Outcome.NotTried(new Cause.Trouble("shutting down")));
        }
        var idle = pool.take();
        if (idle.isPresent()) {
            var result = relay(idle.get(), envelope, message);
            if (result.ending() != Transaction.Ending.UNHEARD) {
                return result.outcomes();
            }
        }
        return switch (dialler.dial()) {
            case Dialler.Dialled.Failed(var outcome, _) -> all(envelope, outcome);
            case Dialler.Dialled.Ready(var connection) -> {
                encoding = connection.encoding();
                yield relay(connection, envelope, message).outcomes();
            }
        };
    }

    private Transaction.Result relay(RelayTransport connection, Envelope envelope, Message message) {
        var isInOrder = false;
        try {
            var result = new Transaction(connection, envelope, message, smarthost.eightBit()).run();
            isInOrder = result.ending() == Transaction.Ending.IN_ORDER;
            return result;
        } finally {
            if (isInOrder) {
                pool.give(connection);
            } else {
                connection.drop();
            }
        }
    }

    private List<Outcome> busy(Envelope envelope) {
        var text = "all " + smarthost.limits().connections() + " connections busy for "
                + RelaySocket.text(smarthost.timeouts().turn());
        return all(envelope, new Outcome.NotTried(new Cause.Trouble(text)));
    }

    private static List<Outcome> all(Envelope envelope, Outcome outcome) {
        return Collections.nCopies(envelope.recipients().size(), outcome);
    }
}
