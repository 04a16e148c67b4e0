package facteur.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which letters of the queue an operator means: those that fit all of it. Immutable.
///
/// @param standings one of these; empty = any
/// @param office the office that they are for
/// @param recipient one who still waits for it: an address, or `@domain` for every address there; in any case
/// @param upstream one that it was tried at
/// @param acceptedBefore older than that
public record QueueFilter(
        Set<QueueStatus> standings,
        Optional<String> office,
        Optional<String> recipient,
        Optional<String> upstream,
        Optional<Instant> acceptedBefore) {
    /// Everything.
    public static final QueueFilter ALL =
            new QueueFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public QueueFilter {
        standings = Set.copyOf(standings);
    }

    /// The states that count, in their order.
    List<QueueStatus> ordered() {
        return Arrays.stream(QueueStatus.values()).filter(standing -> standings.isEmpty() || standings.contains(standing)).toList();
    }

    /// The same, of letters that were accepted before an instant, however young the others may be.
    public QueueFilter before(Instant at) {
        return new QueueFilter(standings, office, recipient, upstream, Optional.of(acceptedBefore.filter(at::isAfter).orElse(at)));
    }

    private static final String WAITING =
            " and exists (select 1 from recipient where letter_id = queue.letter_id and status = 'pending' and ";

    /// What a row of `queue` joined with `letter` must fulfil besides its state; each question mark is one of [#values].
    String conditions() {
        var sql = new StringBuilder();
        office.ifPresent(_ -> sql.append(" and letter.office = ?"));
        recipient.ifPresent(wanted -> sql.append(WAITING).append(new AddressFilter(wanted).condition("address")).append(')'));
        upstream.ifPresent(_ -> sql.append(" and exists (select 1 from attempt where letter_id = queue.letter_id and upstream = ?)"));
        acceptedBefore.ifPresent(_ -> sql.append(" and letter.accepted_at < ?"));
        return sql.toString();
    }

    List<Object> values() {
        var values = new ArrayList<>();
        office.ifPresent(values::add);
        recipient.ifPresent(wanted -> values.addAll(new AddressFilter(wanted).values("", "")));
        upstream.ifPresent(values::add);
        acceptedBefore.map(Instant::toEpochMilli).ifPresent(values::add);
        return values;
    }
}
