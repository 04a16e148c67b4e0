package facteur.spool;

import java.time.Instant;

/// How many letters of the queue are in one state.
///
/// @param oldestAt when the oldest of them was accepted
public record QueueCount(QueueStatus standing, long letters, Instant oldestAt) {}
