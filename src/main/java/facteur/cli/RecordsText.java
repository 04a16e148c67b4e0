package facteur.cli;

import facteur.domain.Claim;
import facteur.domain.DnsRecord;
import facteur.domain.DomainDesk;
import facteur.domain.DomainJson;
import facteur.platform.idna.DomainName;
import facteur.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The DNS records to publish for claims.
final class RecordsText {
    private RecordsText() {}

    /// Of all the claims, each once: offices that share a domain share its keys.
    private static List<DnsRecord> records(DomainDesk desk, List<Claim> claims) {
        return claims.stream().flatMap(claim -> desk.records(claim).stream()).distinct().toList();
    }

    /// Lines of a master file (RFC 1035 §5).
    static String zone(DomainDesk desk, List<Claim> claims) {
        return records(desk, claims).stream().map(DnsRecord::zoneLine).collect(Collectors.joining("\n"));
    }

    static String text(DomainDesk desk, List<Claim> claims) {
        var domain = claims.getFirst().domain();
        var lines = new ArrayList<String>();
        lines.add("Publish these records in the DNS of " + DomainName.shown(domain) + ", each of type TXT:");
        for (var record : records(desk, claims)) {
            lines.add("");
            lines.add("  name   " + record.name());
            lines.add("  value  " + record.text());
            lines.add("         (" + record.note() + ")");
        }
        lines.add("");
        lines.add("If your DNS provider's form appends the domain, enter the name without ." + domain + ".");
        lines.add("The same as lines of a zone file:");
        lines.add("");
        lines.add(zone(desk, claims));
        return String.join("\n", lines);
    }

    static String json(DomainDesk desk, List<Claim> claims) {
        return Json.of(DomainJson.records(claims.getFirst().domain(), records(desk, claims)));
    }
}
