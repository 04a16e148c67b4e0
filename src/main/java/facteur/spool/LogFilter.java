package facteur.spool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which letters of the message log an operator means. Immutable.
///
/// @param address that they came from (reverse-path or sender) or are for; or `@domain` for everybody there; in any case
/// @param since accepted then or later
public record LogFilter(String address, Optional<Instant> since) {
    private static final String PATTERN = "like ? escape '\\'";

    /// What a row of `letter` must fulfil; each question mark is one of [#values].
    String condition() {
        var fits = address.startsWith("@") ? PATTERN : "= ?";
        return "accepted_at >= ? and (lower(original_reverse_path) " + fits + " or lower(sender) " + fits
                + " or exists (select 1 from recipient where letter_id = letter.id and lower(address) " + fits + "))";
    }

    List<Object> values() {
        var wanted = QueueFilter.pattern(address);
        return List.of(since.map(Instant::toEpochMilli).orElse(0L), "<" + wanted + ">", wanted, wanted);
    }
}
