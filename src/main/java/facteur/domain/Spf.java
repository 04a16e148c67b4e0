package facteur.domain;

import facteur.platform.dns.DnsAnswer;
import java.util.List;
import java.util.Locale;

/// What a domain says of who may send under it (RFC 7208 §4.5). Whether that lets the smarthost through isn't judged: from
/// where it sends is for the smarthost to know. Immutable.
public sealed interface Spf {
    record Policy(String domain, String text) implements Spf {}

    /// @param records how many: none, or too many for one to count
    record None(String domain, int records) implements Spf {}

    record Unclear(String domain, String why) implements Spf {}

    static Spf of(String domain, DnsAnswer answer) {
        return switch (answer) {
            case DnsAnswer.Found found -> of(domain, found.texts().stream().filter(Spf::isRecord).toList());
            case DnsAnswer.Absent _ -> new None(domain, 0);
            case DnsAnswer.Unknown(var why) -> new Unclear(domain, why);
        };
    }

    private static Spf of(String domain, List<String> records) {
        return records.size() == 1 ? new Policy(domain, records.getFirst()) : new None(domain, records.size());
    }

    private static boolean isRecord(String text) {
        return text.toLowerCase(Locale.ROOT).matches("v=spf1( .*)?");
    }

    /// For people.
    default String sentence() {
        return switch (this) {
            case Policy(var domain, var text) ->
                "by SPF may send under " + domain + ", and the smarthost must be among them: " + Finding.quoted(text);
            case None(var domain, var records) -> records == 0
                    ? domain + " has no SPF record, so no letter passes by SPF"
                    : domain + " has " + records + " SPF records, so no letter passes by SPF";
            case Unclear(var domain, var why) -> "the SPF record of " + domain + " isn't known: " + why;
        };
    }
}
