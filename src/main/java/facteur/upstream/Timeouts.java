package facteur.upstream;

import java.time.Duration;
import java.util.List;

/// How long an attempt waits, stage by stage (RFC 5321 §4.5.3.2). Every one is finite: an upstream can hold a letter up,
/// never for ever.
///
/// @param turn for a free connection, when all are busy
/// @param connect for one of the host's addresses to accept; and for the first reply over a connection that was idle
/// @param command for a whole reply: greeting, EHLO, TLS handshake, AUTH, MAIL, each RCPT, DATA, RSET
/// @param block for one block of the message to be written
/// @param message for all of it to be written, however steadily its blocks go: a peer that takes a few octets a second
///     would keep a large letter, and a connection, for months
/// @param endOfData for the reply to the final dot; a short one makes duplicates (RFC 1047)
/// @param quit for the reply to QUIT
public record Timeouts(
        Duration turn,
        Duration connect,
        Duration command,
        Duration block,
        Duration message,
        Duration endOfData,
        Duration quit) {
    private static final Duration LONGEST = Duration.ofDays(1);

    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(3),
            Duration.ofHours(2),
            Duration.ofMinutes(10),
            Duration.ofSeconds(2));

    /// @throws IllegalArgumentException when one isn't between a millisecond and a day
    public Timeouts {
        for (var timeout : List.of(turn, connect, command, block, message, endOfData, quit)) {
            if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("not a timeout: " + timeout);
            }
        }
    }
}
