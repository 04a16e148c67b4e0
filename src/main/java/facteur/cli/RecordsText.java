package facteur.cli;

import facteur.domain.Claim;
import facteur.domain.DnsRecord;
import facteur.domain.DomainDesk;
import facteur.domain.DomainJson;
import facteur.platform.dns.RecordType;
import facteur.platform.idna.DomainName;
import facteur.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The DNS records to publish for a domain.
record RecordsText(String domain, List<DnsRecord> records) {
    /// Of all the claims, each once: offices that share a domain share its keys.
    static RecordsText of(DomainDesk desk, List<Claim> claims) {
        return new RecordsText(
                claims.getFirst().domain(), claims.stream().flatMap(claim -> desk.records(claim).stream()).distinct().toList());
    }

    /// Lines of a master file (RFC 1035 §5).
    String zone() {
        return records.stream().map(DnsRecord::zoneLine).collect(Collectors.joining("\n"));
    }

    String text() {
        if (records.isEmpty()) {
            return DomainName.shown(domain) + " needs no record";
        }
        var isAllText = records.stream().allMatch(record -> record.type() == RecordType.TXT);
        var lines = new ArrayList<String>();
        lines.add("Publish these records in the DNS of " + DomainName.shown(domain) + (isAllText ? ", each of type TXT:" : ":"));
        for (var record : records) {
            lines.add("");
            lines.add("  name   " + record.name());
            if (!isAllText) {
                lines.add("  type   " + record.type());
            }
            lines.add("  value  " + record.text());
            lines.add("         (" + record.note() + ")");
        }
        lines.add("");
        lines.add("If your DNS provider's form appends the domain, enter the name without ." + domain + ".");
        lines.add("The same as lines of a zone file:");
        lines.add("");
        lines.add(zone());
        return String.join("\n", lines);
    }

    String json() {
        return Json.of(DomainJson.records(domain, records));
    }
}
