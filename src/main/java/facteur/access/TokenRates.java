package facteur.access;

import facteur.platform.clock.RateLimit;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// How much may be asked with one token, on this node. Holds one entry per token that was used. Thread-safe.
public final class TokenRates {
    static final int REQUESTS_PER_MINUTE = 600;
    static final int CARDS_PER_MINUTE = 200_000;
    static final int AT_ONCE = 2;

    /// When the others end is not known.
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final class Limits {
        private final Semaphore turns = new Semaphore(AT_ONCE);
        private final RateLimit requests;
        private final RateLimit cards;

        Limits(SteadyTime time) {
            requests = new RateLimit(REQUESTS_PER_MINUTE, time);
            cards = new RateLimit(CARDS_PER_MINUTE, time);
        }
    }

    private final SteadyTime time;
    private final Map<TokenId, Limits> limits = new ConcurrentHashMap<>();

    public TokenRates(SteadyTime time) {
        this.time = time;
    }

    /// Whether a request may go on.
    public sealed interface Turn {
        /// It may, until this is closed.
        final class Granted implements Turn, AutoCloseable {
            private final Semaphore turns;
            private boolean isClosed;

            private Granted(Semaphore turns) {
                this.turns = turns;
            }

            /// Idempotent.
            @Override
            public synchronized void close() {
                if (!isClosed) {
                    isClosed = true;
                    turns.release();
                }
            }
        }

        /// @param retryAfter whole seconds
        /// @param why a sentence
        record Later(Duration retryAfter, String why) implements Turn {}
    }

    /// Begins a request.
    public Turn begin(TokenId token) {
        var own = of(token);
        if (!own.turns.tryAcquire()) {
            return new Turn.Later(SOON, "no more than " + AT_ONCE + " requests at once with one token");
        }
        var wait = own.requests.acquire(1, REQUESTS_PER_MINUTE);
        if (wait.isPresent()) {
            own.turns.release();
            return new Turn.Later(wholeSeconds(wait.get()), "no more than " + REQUESTS_PER_MINUTE + " requests a minute with one token");
        }
        return new Turn.Granted(own.turns);
    }

    /// Counts cards that are about to be written.
    ///
    /// @return why not, and when to ask again; empty when they may be. A request with more than a minute's worth may begin when all of
    ///         that is left.
    public Optional<Turn.Later> cards(TokenId token, int count) {
        return of(token).cards.acquire(Math.min(count, CARDS_PER_MINUTE), CARDS_PER_MINUTE)
                .map(wait -> new Turn.Later(wholeSeconds(wait), "no more than " + CARDS_PER_MINUTE + " cards a minute with one token"));
    }

    private Limits of(TokenId token) {
        return limits.computeIfAbsent(token, _ -> new Limits(time));
    }

    /// As Retry-After has it (RFC 9110 §10.2.3), rounded up.
    private static Duration wholeSeconds(Duration wait) {
        return Duration.ofSeconds(Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
