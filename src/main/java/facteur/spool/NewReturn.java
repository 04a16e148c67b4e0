package facteur.spool;

import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.returned.Action;
import java.util.List;
import java.util.Set;

/// What came to a return address and was read, as it is stored. Immutable.
///
/// @param letter itself, of kind return; its content isn't kept
/// @param answers the letter whose return address it came to
/// @param sender whom it came from, in angle brackets
/// @param digest of what it says: a second copy has the same
/// @param text of one that only people understand, to be shown; of a report its [Excerpts]
/// @param statuses what it says of recipients
/// @param readers who is to be told, unless it is a second copy
/// @param isOfApp whether the letter was from an app, so that its recipients are the office's clients
public record NewReturn(
        Letter letter,
        QueueId answers,
        Kind kind,
        String sender,
        String digest,
        String text,
        List<Status> statuses,
        Set<UntoldReturns.Reader> readers,
        boolean isOfApp) {
    /// No recipient of the letter.
    public static final int UNKNOWN = -1;

    /// Of a row, without its longest text.
    private static final long ROW_BYTES = 512;

    public NewReturn {
        statuses = List.copyOf(statuses);
        readers = Set.copyOf(readers);
    }

    /// About how much is stored of it.
    long sizeBytes() {
        return ROW_BYTES + text.length() + statuses.stream().mapToLong(status -> ROW_BYTES + 2L * status.diagnostic().length()).sum();
    }

    /// What it is.
    public enum Kind {
        /// Of a host, on recipients.
        REPORT,
        /// A read receipt.
        READ,
        COMPLAINT,
        /// A bounce that only people understand.
        UNREADABLE,
        AUTOMATIC,
        /// Of a person.
        REPLY
    }

    /// What it says of a recipient.
    ///
    /// @param position in the envelope of the letter; [#UNKNOWN] when it isn't there
    /// @param address as it stands there, or in the report
    /// @param status `5.1.1` (RFC 3463); empty when it isn't known
    /// @param diagnostic the host's own words; may be empty
    /// @param host that said so; may be empty
    /// @param isBadAddress whether it says that the address itself doesn't work, and won't
    public record Status(
            int position, String address, Action action, String status, String diagnostic, String host, boolean isBadAddress) {
        /// As it is shown of a recipient.
        String summary() {
            var words = diagnostic.isEmpty() || diagnostic.contains(status) ? diagnostic : status + " " + diagnostic;
            var known = words.isEmpty() ? status : words;
            return host.isEmpty() ? known : (known + " (" + host + ")").strip();
        }
    }
}
