package facteur.store;

import facteur.mail.letter.QueueId;
import facteur.office.OfficeId;
import java.time.Instant;
import java.util.List;

/// An office whose own company has not been told yet of its latest versions.
///
/// @param version up to which it has been told
/// @param toldAt when last; the epoch for never
/// @param upTo its latest version of settings; while it is being told, the one that it is told up to
/// @param letters by which it is being told; none when that hasn't begun
/// @param leasedUntil another node may be telling it until then
public record Untold(OfficeId office, long version, Instant toldAt, long upTo, List<QueueId> letters, Instant leasedUntil) {
    public Untold {
        letters = List.copyOf(letters);
    }
}
