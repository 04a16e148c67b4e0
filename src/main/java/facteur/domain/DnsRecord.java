package facteur.domain;

import facteur.platform.dns.RecordType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A record to be published. Immutable.
///
/// @param name in A-labels, without a dot at its end
/// @param text of an MX record preference and host
/// @param note the purpose for people, and what to do about it
public record DnsRecord(String name, String text, Purpose purpose, String note) {
    /// What a record is for.
    public sealed interface Purpose {
        /// Says that the office may write under the domain.
        record Ownership() implements Purpose {}

        /// A key that was not seen in DNS yet.
        record NextKey() implements Purpose {}

        /// A key that letters are signed with.
        record Key() implements Purpose {}

        /// A key that letters were signed with.
        ///
        /// @param until when receivers may still ask for it
        record OldKey(Instant until) implements Purpose {}

        /// Says which host takes mail for the domain.
        record Mail() implements Purpose {}

        /// Says who may send letters with reverse-paths under the domain.
        record Sending() implements Purpose {}
    }

    /// RFC 1035 §3.3: a character-string.
    private static final int STRING_LIMIT = 255;

    /// A piece of a master file.
    public static String zone(List<DnsRecord> records) {
        return records.stream().map(record -> record.zoneLine() + "\n").collect(Collectors.joining());
    }

    public RecordType type() {
        return switch (purpose) {
            case Purpose.Mail() -> RecordType.MX;
            case Purpose.Ownership(), Purpose.NextKey(), Purpose.Key(), Purpose.OldKey(_), Purpose.Sending() -> RecordType.TXT;
        };
    }

    /// As in a master file (RFC 1035 §5.1).
    public String zoneLine() {
        return name + ". 3600 IN " + type() + " " + switch (type()) {
            case MX -> text;
            case TXT -> String.join(" ", strings().stream().map(DnsRecord::quoted).toList());
        };
    }

    /// The text in parts that one string of a record can hold.
    public List<String> strings() {
        var strings = new ArrayList<String>();
        for (var from = 0; from < text.length(); from += STRING_LIMIT) {
            strings.add(text.substring(from, Math.min(from + STRING_LIMIT, text.length())));
        }
        return strings;
    }

    private static String quoted(String string) {
        return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
