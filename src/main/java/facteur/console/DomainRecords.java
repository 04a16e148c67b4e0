package facteur.console;

import facteur.domain.Claim;
import facteur.domain.DnsRecord;
import facteur.domain.Finding;
import facteur.domain.KeyFinding;
import facteur.domain.RecordFault;
import facteur.platform.dns.DnsAnswer;
import facteur.platform.dns.PublicSuffixes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The records of a claim, with what was found of each. Immutable.
///
/// @param zone the domain whose provider is asked: names are entered without it
record DomainRecords(View view, List<DnsRecord> records, String zone, Optional<LastLooks.Look> look) {
    private static final int MOST_TEXTS = 5;
    private static final int LONGEST_TEXT = 600;

    static DomainRecords of(View view, Claim claim, List<DnsRecord> records, Optional<LastLooks.Look> look) {
        return new DomainRecords(view, records, PublicSuffixes.packed().organisationalDomain(claim.domain()), look);
    }

    List<DomainModel.Entry> entries() {
        return IntStream.range(0, records.size()).mapToObj(this::entry).toList();
    }

    List<DomainModel.Finding> findings() {
        return entries().stream().map(DomainModel.Entry::finding).toList();
    }

    private DomainModel.Entry entry(int index) {
        var record = records.get(index);
        var number = index + 1;
        return new DomainModel.Entry(
                "record-" + number, purpose(record), shortened(record.name()), record.name(), record.text(), finding("found-" + number, record));
    }

    private String shortened(String name) {
        return name.endsWith("." + zone) ? name.substring(0, name.length() - zone.length() - 1) : name;
    }

    private String purpose(DnsRecord record) {
        return switch (record.purpose()) {
            case DnsRecord.Purpose.Ownership() -> view.say("domains.purpose.ownership");
            case DnsRecord.Purpose.NextKey(), DnsRecord.Purpose.Key() -> view.say("domains.purpose.key", algorithm(record));
            case DnsRecord.Purpose.Mail() -> view.say("domains.purpose.mail");
            case DnsRecord.Purpose.Sending() -> view.say("domains.purpose.sending");
            case DnsRecord.Purpose.OldKey(var until) -> view.say("domains.purpose.old-key", view.date(until), algorithm(record));
        };
    }

    /// Tells the keys of a domain apart.
    private static String algorithm(DnsRecord record) {
        return record.text().contains("k=ed25519") ? "Ed25519" : "RSA";
    }

    private DomainModel.Finding finding(String id, DnsRecord record) {
        var found = found(record);
        return new DomainModel.Finding(
                id,
                found.map(this::state).orElseGet(() -> unseen(record)),
                found.map(DomainRecords::texts).orElse(List.of()),
                cause(record),
                found.flatMap(_ -> look).map(last -> view.time(last.at())));
    }

    private StateWord unseen(DnsRecord record) {
        return new StateWord(
                view.say(record.purpose() instanceof DnsRecord.Purpose.OldKey ? "domains.found.unneeded" : "domains.found.not-yet"), StateWord.PLAIN);
    }

    private Optional<Finding> found(DnsRecord record) {
        return looked().filter(finding -> finding.name().equals(record.name()) && finding.expected().equals(record.text())).findFirst();
    }

    private Stream<Finding> looked() {
        return look.stream().map(LastLooks.Look::findings).flatMap(findings -> Stream.concat(
                Stream.of(findings.ownership()), findings.keys().stream().map(KeyFinding::finding)));
    }

    private StateWord state(Finding finding) {
        return switch (finding.verdict()) {
            case RIGHT -> new StateWord(view.say("domains.found.right"), StateWord.OK);
            case UNCLEAR -> new StateWord(view.say("domains.found.no-answer"), StateWord.WARN);
            case WRONG -> new StateWord(
                    view.say(finding.answer() instanceof DnsAnswer.Found ? "domains.found.other" : "domains.found.nothing"), StateWord.BAD);
        };
    }

    private static List<String> texts(Finding finding) {
        return finding.verdict() == Finding.Verdict.WRONG && finding.answer() instanceof DnsAnswer.Found found
                ? found.texts().stream().limit(MOST_TEXTS).map(DomainRecords::visible).toList()
                : List.of();
    }

    private static String visible(String text) {
        var printable = text.replaceAll("[^ -~]", "?");
        return printable.length() > LONGEST_TEXT ? printable.substring(0, LONGEST_TEXT) + "…" : printable;
    }

    private Optional<String> cause(DnsRecord record) {
        return look.stream()
                .flatMap(last -> last.faults().stream())
                .filter(fault -> fault.name().equals(record.name()))
                .findFirst()
                .map(fault -> cause(fault, record));
    }

    private String cause(RecordFault fault, DnsRecord record) {
        return switch (fault.kind()) {
            case NAME_DOUBLED -> view.say("domains.cause.name-doubled", fault.at(), shortened(record.name()));
            case NAME_LEFT_OUT -> view.say("domains.cause.name-left-out", fault.at(), shortened(record.name()));
            case UNDERSCORE_LEFT_OUT -> view.say("domains.cause.underscore", fault.at(), shortened(record.name()));
            case TEXT_CUT -> view.say("domains.cause.cut");
            case QUOTES_DOUBLED -> view.say("domains.cause.quotes");
            case BACKSLASHES -> view.say("domains.cause.backslashes");
            case TEXT_LONGER -> view.say("domains.cause.longer");
            case OTHER_TEXT -> view.say("domains.cause.other");
        };
    }

    /// A letter for each record: whether the next look finds anything new.
    String seen() {
        var letters = new StringBuilder();
        for (var record : records) {
            letters.append(found(record).map(finding -> switch (finding.verdict()) {
                case RIGHT -> 'r';
                case WRONG -> 'w';
                case UNCLEAR -> 'u';
            }).orElse('-'));
        }
        return letters.toString();
    }

    boolean isAllRight() {
        return look.isPresent() && looked().allMatch(finding -> finding.verdict() == Finding.Verdict.RIGHT);
    }
}
