package facteur.spool;

import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;

/// How far one recipient of a letter has come. Each has a life of its own: one may be relayed while another waits.
///
/// @param lastReply what the upstream, or the connection to it, last said; empty before the first attempt
public record Recipient(ForwardPath path, Status status, String lastReply) {
    /// Where a recipient stands.
    public enum Status {
        PENDING,
        RELAYED,
        FAILED,
        /// An operator removed the letter before.
        REMOVED,
        /// Relayed, and given back by a host beyond the upstream.
        RETURNED,
        /// Relayed, and a host beyond the upstream says that it has it.
        DELIVERED
    }

    public static Recipient pending(ForwardPath path) {
        return new Recipient(path, Status.PENDING, "");
    }

    public Address address() {
        return path.address();
    }

    public Recipient with(Status newStatus, String reply) {
        return new Recipient(path, newStatus, reply);
    }

    public boolean isPending() {
        return status == Status.PENDING;
    }
}
