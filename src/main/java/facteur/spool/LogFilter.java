package facteur.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which letters of the message log an operator means. Immutable.
///
/// @param address that they came from (reverse-path or sender) or are for; or `@domain` for every address there; in any case
/// @param since accepted then or later
public record LogFilter(String address, Optional<Instant> since) {
    /// What a row of `letter` must fulfil; each question mark is one of [#values].
    String condition() {
        return "accepted_at >= ? and (" + naming(address) + ")";
    }

    List<Object> values() {
        var values = new ArrayList<Object>();
        values.add(since.map(Instant::toEpochMilli).orElse(0L));
        values.addAll(named(address));
        return values;
    }

    /// What a row of a letter from or to an address fulfils; each question mark is one of [#named].
    static String naming(String address) {
        var wanted = new AddressFilter(address);
        return wanted.condition("original_reverse_path") + " or " + wanted.condition("sender")
                + " or exists (select 1 from recipient where letter_id = letter.id and " + wanted.condition("address") + ")";
    }

    static List<String> named(String address) {
        var wanted = new AddressFilter(address);
        var values = new ArrayList<>(wanted.values("<", ">"));
        values.addAll(wanted.values("", ""));
        values.addAll(wanted.values("", ""));
        return values;
    }
}
