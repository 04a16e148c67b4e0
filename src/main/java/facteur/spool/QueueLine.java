package facteur.spool;

import java.time.Instant;

/// What a list of the queue says of one letter; texts as the rows have them, so that a damaged letter is listed too.
///
/// @param holdReason on an active letter: it goes on hold if this attempt doesn't end it
/// @param reversePath the app's own
/// @param recipient the first who still waits
/// @param waiting how many do
/// @param lastReply what was last said of one of these; empty before the first attempt
public record QueueLine(
        String id,
        QueueStatus standing,
        Instant acceptedAt,
        Instant dueAt,
        int attempts,
        String holdReason,
        long sizeBytes,
        String office,
        String reversePath,
        String recipient,
        int waiting,
        String lastReply) {}
