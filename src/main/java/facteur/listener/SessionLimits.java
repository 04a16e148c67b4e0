package facteur.listener;

import facteur.platform.config.Section;
import java.time.Duration;

/// How much one peer may use. Immutable.
///
/// @param connectionsPerClient from one address at the same time, an IPv6 network of 64 bits counting as one
/// @param lettersPerConnection that may be begun; then it is closed with 421
/// @param errors refusals without an accepted letter between them; then the connection is closed with 421
/// @param dataTimeout how long to wait for the next octet of a letter (RFC 5321 §4.5.3.2.5)
/// @param transactionTime from MAIL to the end of the letter, however steadily its octets drip
/// @param replyTimeout how long the peer may not read its replies
/// @param tarpit for those that name recipients in vain
public record SessionLimits(
        int connectionsPerClient,
        int lettersPerConnection,
        int errors,
        Duration dataTimeout,
        Duration transactionTime,
        Duration replyTimeout,
        Tarpit tarpit) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    /// Reads its keys of the section `limits`.
    static SessionLimits from(Section limits) {
        return new SessionLimits(
                limits.integer("connections-per-client", 200, 1, 100_000),
                limits.integer("letters-per-connection", 100_000, 1, 100_000_000),
                limits.integer("errors", 20, 1, 100_000),
                limits.duration("data-timeout", Duration.ofMinutes(3), SHORTEST, LONGEST),
                limits.duration("transaction-time", Duration.ofHours(1), SHORTEST, LONGEST),
                limits.duration("reply-timeout", Duration.ofMinutes(1), SHORTEST, LONGEST),
                Tarpit.NONE);
    }

    /// The same patience for a listener for returns, and less of the rest: strangers need little.
    SessionLimits forReturns() {
        return new SessionLimits(50, 100, 20, dataTimeout, transactionTime, replyTimeout, new Tarpit(3, 20, Duration.ofSeconds(1)));
    }

    SessionLimits withTarpit(Tarpit other) {
        return new SessionLimits(connectionsPerClient, lettersPerConnection, errors, dataTimeout, transactionTime, replyTimeout, other);
    }
}
