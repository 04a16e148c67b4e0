package facteur.upstream;

import facteur.mail.letter.QueueId;
import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Takes letters off our hands. Thread-safe: many attempts run at once, each blocking its own virtual thread.
public interface Upstream extends AutoCloseable {
    /// Is told how far an attempt has come that takes several transactions: what the upstream has taken by then must not be
    /// forgotten, should this process end before the attempt does. And knows whether it may go on.
    @FunctionalInterface
    interface Progress {
        /// What comes of a letter that isn't ours any more.
        Outcome NOT_OURS =
                new Outcome.NotTried(new FailureCause.Trouble("the database is away: another node may have the letter by now"));

        /// @param outcomes one for each recipient, in order; NotTried for those whose turn is to come
        void settled(List<Outcome> outcomes);

        /// Whether the letter is still ours to relay. When it isn't, another process may be about to: no transaction begins, and none
        /// ends with the final dot. Doesn't block.
        default boolean isOurs() {
            return true;
        }
    }

    /// As configured.
    String name();

    /// What the header of a letter may hold to be taken: UTF8 only once the upstream has said that it takes SMTPUTF8
    /// (RFC 6531 §3.1).
    HeaderEncoding encoding();

    /// Makes one attempt. What the other side does is in the outcomes.
    ///
    /// @param envelope with the recipients that this attempt is for, at least one
    /// @return one outcome for each recipient, in order
    List<Outcome> relay(QueueId id, Envelope envelope, Message message);

    /// The same, and tells how far it has come; this one takes all recipients at once.
    default List<Outcome> relay(QueueId id, Envelope envelope, Message message, Progress progress) {
        return relay(id, envelope, message);
    }

    /// Until when it takes nothing, because it has had as much as its caps allow; empty when it does. A letter that is
    /// relayed earlier is [Outcome.NotTried]; one after it may still wait in [#relay], as long as for a connection.
    default Optional<Instant> restsUntil() {
        return Optional.empty();
    }

    /// How many connections it has at most for now; empty when it has none.
    default OptionalInt connectionLimit() {
        return OptionalInt.empty();
    }

    /// How many connections are open now, idle ones included; empty when it has none.
    default OptionalInt connections() {
        return OptionalInt.empty();
    }

    /// Closes connections that have been idle for too long, and tells of new limits; to be called every few seconds.
    default void reap() {}

    /// Closes idle connections; attempts that wait for their turn end, running ones end by their timeouts.
    @Override
    default void close() {}
}
