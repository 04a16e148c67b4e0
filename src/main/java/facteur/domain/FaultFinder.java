package facteur.domain;

import facteur.platform.dns.Dns;
import facteur.platform.dns.DnsAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds out why a record is wrong: by the text that is there, or by where its text is instead. Thread-safe; blocks for the DNS.
final class FaultFinder {
    /// A shorter text may stand there by chance.
    private static final int LEAST_PART = 12;

    private final Dns dns;

    FaultFinder(Dns dns) {
        this.dns = dns;
    }

    /// @param finding that is wrong
    Optional<RecordFault> of(Finding finding, String domain) {
        var here = texts(finding.answer());
        var byText = here.stream().flatMap(text -> kind(text, finding.expected()).stream()).min(Enum::compareTo);
        return byText.map(kind -> new RecordFault(finding.name(), kind, finding.name()))
                .filter(fault -> fault.kind() != RecordFault.Kind.OTHER_TEXT)
                .or(() -> elsewhere(finding, domain))
                .or(() -> byText.map(kind -> new RecordFault(finding.name(), kind, finding.name())));
    }

    private Optional<RecordFault> elsewhere(Finding finding, String domain) {
        var name = finding.name();
        var places = Map.of(
                RecordFault.Kind.NAME_DOUBLED, name + "." + domain,
                RecordFault.Kind.NAME_LEFT_OUT, domain,
                RecordFault.Kind.UNDERSCORE_LEFT_OUT, name.replace("_", ""));
        return Stream.of(RecordFault.Kind.NAME_DOUBLED, RecordFault.Kind.NAME_LEFT_OUT, RecordFault.Kind.UNDERSCORE_LEFT_OUT)
                .map(kind -> new RecordFault(name, kind, String.valueOf(places.get(kind))))
                .filter(fault -> texts(dns.txt(fault.at())).stream().anyMatch(isMeant(finding.expected())))
                .findFirst();
    }

    /// The text itself, or what may have become of it.
    private static Predicate<String> isMeant(String expected) {
        return text -> bare(text).equals(bare(expected));
    }

    private static List<String> texts(DnsAnswer answer) {
        return switch (answer) {
            case DnsAnswer.Found found -> found.texts();
            case DnsAnswer.Absent _, DnsAnswer.Unknown _ -> List.of();
        };
    }

    static Optional<RecordFault.Kind> kind(String found, String expected) {
        var bare = bare(found);
        var wanted = bare(expected);
        if (bare.equals(wanted)) {
            return Optional.of(found.indexOf('\\') >= 0 ? RecordFault.Kind.BACKSLASHES : RecordFault.Kind.QUOTES_DOUBLED);
        }
        if (bare.length() >= LEAST_PART && (wanted.startsWith(bare) || wanted.endsWith(bare))) {
            return Optional.of(RecordFault.Kind.TEXT_CUT);
        }
        if (bare.contains(wanted)) {
            return Optional.of(RecordFault.Kind.TEXT_LONGER);
        }
        return bare.startsWith(sort(wanted)) ? Optional.of(RecordFault.Kind.OTHER_TEXT) : Optional.empty();
    }

    /// `facteur-verification=` or `v=`.
    private static String sort(String text) {
        return text.startsWith("v=") ? "v=DKIM1" : text.substring(0, text.indexOf('=') + 1);
    }

    /// Without what forms and programs add.
    private static String bare(String text) {
        return text.replaceAll("[\"“”\\\\\\s]", "");
    }
}
