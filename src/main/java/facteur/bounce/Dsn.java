package facteur.bounce;

import facteur.message.Header;
import facteur.smtp.Address;
import java.time.Instant;
import java.util.List;

/// A report that some recipients will never get a letter (RFC 3464). Immutable.
///
/// @param queueId of the letter reported on
/// @param to the letter's own reverse-path
/// @param header of the letter, as it would have left
public record Dsn(String queueId, Instant arrivedAt, Address to, Header header, List<FailedRecipient> recipients) {
    /// @param status `5.1.1` (RFC 3463)
    /// @param diagnostic the upstream's own words, or ours
    public record FailedRecipient(Address address, String status, String diagnostic) {}
}
