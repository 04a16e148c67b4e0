package facteur.spool;

import java.time.Instant;

/// An address of an office's client that doesn't work: what was sent there came back, and nothing has arrived since.
///
/// @param address its domain in A-labels
/// @param since when the first came back
/// @param count how many came back
/// @param status of the last one (RFC 3463)
/// @param diagnostic what the host said of it
/// @param letter the id of the last that came back
public record BadAddress(
        String address, Instant since, Instant lastAt, int count, String status, String diagnostic, String letter) {}
