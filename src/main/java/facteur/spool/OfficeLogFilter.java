package facteur.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which of an office's letters are wanted. Immutable.
///
/// @param address that they came from (reverse-path or sender) or are for; or `@domain` for every address there; in any case
/// @param since accepted then or later
/// @param before accepted earlier
public record OfficeLogFilter(Optional<String> address, Optional<Instant> since, Optional<Instant> before) {
    public static final OfficeLogFilter ALL = new OfficeLogFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /// What a row of `letter` must fulfil; each question mark is one of [#values].
    String condition() {
        return "accepted_at >= ? and accepted_at < ?"
                + address.map(text -> " and (" + LogFilter.naming(text) + ")").orElse("");
    }

    List<Object> values() {
        var values = new ArrayList<Object>();
        values.add(since.map(OfficeLogFilter::millis).orElse(Long.MIN_VALUE));
        values.add(before.map(OfficeLogFilter::millis).orElse(Long.MAX_VALUE));
        address.ifPresent(text -> values.addAll(LogFilter.named(text)));
        return values;
    }

    /// Of an instant that is too far away, the last one before it.
    private static long millis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException far) {
            return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
