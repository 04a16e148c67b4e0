package facteur.domain;

import facteur.platform.config.Word;
import facteur.platform.idna.DomainName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Claims on domains for programs: values for [facteur.platform.json.Json]. Times are ISO 8601, UTC; an empty text is "none".
public final class DomainJson {
    private DomainJson() {}

    public static Map<String, Object> claim(Claim claim) {
        var members = new LinkedHashMap<String, Object>();
        members.put("domain", claim.domain());
        members.put("unicode", DomainName.unicode(claim.domain()));
        members.put("office", claim.office());
        members.put("state", claim.state().word());
        members.put("usable", claim.state().isUsable());
        members.put("since", claim.state().since());
        members.put("reason", claim.state().reason());
        members.put("addedAt", claim.addedAt());
        members.put("checkedAt", claim.checkedAt().map(Instant::toString).orElse(""));
        members.put("sureAt", claim.sureAt().map(Instant::toString).orElse(""));
        members.put("nextCheckAt", claim.nextCheckAt());
        return members;
    }

    /// A claim as a check left it, with each record that was looked for.
    public static Map<String, Object> checked(DomainDesk.Checked checked) {
        var members = claim(checked.after());
        members.put("before", checked.findings().claim().state().word());
        members.put("evidence", checked.findings().evidence().getClass().getSimpleName().toLowerCase(Locale.ROOT));
        members.put("records", looked(checked).stream().map(DomainJson::finding).toList());
        members.put("problems", checked.findings().keyProblems());
        return members;
    }

    /// The records that a check looked for, that of the claim first.
    public static List<Finding> looked(DomainDesk.Checked checked) {
        var findings = checked.findings();
        return Stream.concat(Stream.of(findings.ownership()), findings.keys().stream().map(KeyFinding::finding)).toList();
    }

    /// What was found of the records of a domain of the relay itself.
    public static Map<String, Object> findings(String domain, Optional<MailHosts> mailHosts, List<Finding> keys) {
        var members = new LinkedHashMap<String, Object>();
        members.put("domain", domain);
        mailHosts.ifPresent(hosts -> {
            var mx = finding(hosts.finding());
            mx.put("explanation", hosts.sentence());
            members.put("mx", mx);
        });
        members.put("records", keys.stream().map(DomainJson::finding).toList());
        return members;
    }

    private static Map<String, Object> finding(Finding finding) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", finding.name());
        members.put("expected", finding.expected());
        members.put("found", finding.found());
        members.put("verdict", Word.of(finding.verdict()));
        return members;
    }

    /// Records to publish.
    public static Map<String, Object> records(String domain, List<DnsRecord> records) {
        var members = new LinkedHashMap<String, Object>();
        members.put("domain", domain);
        members.put("records", records.stream().map(DomainJson::record).toList());
        return members;
    }

    private static Map<String, Object> record(DnsRecord record) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", record.name());
        members.put("type", record.type());
        members.put("value", record.text());
        members.put("strings", record.strings());
        members.put("zone", record.zoneLine());
        members.put("note", record.note());
        return members;
    }
}
