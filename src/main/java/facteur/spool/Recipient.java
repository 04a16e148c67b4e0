package facteur.spool;

import facteur.smtp.Address;

/// How far one recipient of a letter has come. Each has a life of its own: one may be relayed while another waits.
///
/// @param lastReply what the upstream, or the connection to it, last said; empty before the first attempt
public record Recipient(Address address, Status status, String lastReply) {
    /// Where a recipient stands.
    public enum Status {
        PENDING,
        RELAYED,
        FAILED
    }

    public static Recipient pending(Address address) {
        return new Recipient(address, Status.PENDING, "");
    }

    public Recipient with(Status newStatus, String reply) {
        return new Recipient(address, newStatus, reply);
    }

    public boolean isPending() {
        return status == Status.PENDING;
    }
}
