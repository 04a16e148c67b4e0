package facteur.domain;

import facteur.mail.dkim.DomainKeys;
import facteur.mail.dkim.KeyState;
import facteur.mail.dkim.StoredKey;
import facteur.platform.dns.Dns;
import facteur.platform.dns.DnsAnswer;
import facteur.platform.dns.PublicSuffixes;
import java.util.List;
import java.util.stream.Stream;

/// Looks for the records of a claim. Changes nothing. Thread-safe; blocks for the DNS.
public final class DomainCheck {
    private final Dns dns;

    public DomainCheck(Dns dns) {
        this.dns = dns;
    }

    /// @param keys of the claim's domain
    public Findings look(Claim claim, DomainKeys keys) {
        var ownership = Finding.of(
                claim.ownershipName(),
                claim.ownershipText(),
                dns.txt(claim.ownershipName()),
                text -> text.strip().equals(claim.ownershipText()));
        return new Findings(claim, ownership, keys(claim.domain(), keys), keys.problems(), dmarc(claim.domain()));
    }

    /// Why records that are wrong may be so.
    List<RecordFault> faults(Findings findings) {
        var finder = new FaultFinder(dns);
        return Stream.concat(Stream.of(findings.ownership()), findings.keys().stream().map(KeyFinding::finding))
                .filter(finding -> finding.verdict() == Finding.Verdict.WRONG)
                .flatMap(finding -> finder.of(finding, findings.claim().domain()).stream())
                .toList();
    }

    /// The records of the keys that letters are signed with, or will be.
    List<KeyFinding> keys(String domain, DomainKeys keys) {
        return keys.keys().stream()
                .filter(stored -> stored.state() != KeyState.RETIRED)
                .map(stored -> new KeyFinding(stored, finding(domain, stored)))
                .toList();
    }

    private Finding finding(String domain, StoredKey stored) {
        var key = stored.key();
        var name = key.recordName(domain);
        return Finding.of(name, key.recordText(), dns.txt(name), key::isPublishedBy);
    }

    /// @param domain of a reverse-path, in A-labels
    Spf spf(String domain) {
        return Spf.of(domain, dns.txt(domain));
    }

    /// @param domain in A-labels
    /// @param relay the host of this relay
    MailHosts mailHosts(String domain, String relay) {
        return MailHosts.of(domain, relay, dns.mx(domain));
    }

    /// RFC 7489 §6.6.3: the domain's own record, or else that of its organisational domain.
    Dmarc dmarc(String domain) {
        var organisational = PublicSuffixes.packed().organisationalDomain(domain);
        var own = dmarc(domain, Dmarc.Part.ITSELF);
        return own instanceof Dmarc.None && !organisational.equals(domain) && isWithout(domain)
                ? dmarc(organisational, Dmarc.Part.SUBDOMAIN)
                : own;
    }

    /// Several records, or an unusable one, are no reason to look further up.
    private boolean isWithout(String domain) {
        return records(dns.txt(name(domain))).isEmpty();
    }

    private Dmarc dmarc(String domain, Dmarc.Part part) {
        var name = name(domain);
        var answer = dns.txt(name);
        if (answer instanceof DnsAnswer.Unknown(var why)) {
            return new Dmarc.Unclear(name + ": " + why);
        }
        var records = records(answer);
        return switch (records.size()) {
            case 0 -> new Dmarc.None("there is no record at " + name);
            case 1 -> Dmarc.parse(name, records.getFirst(), part);
            // RFC 7489 §6.6.3 (5)
            default -> new Dmarc.None("there are " + records.size() + " records at " + name + ", so none counts");
        };
    }

    private static List<String> records(DnsAnswer answer) {
        return switch (answer) {
            case DnsAnswer.Found found -> found.texts().stream().filter(Dmarc::isRecord).toList();
            case DnsAnswer.Absent _, DnsAnswer.Unknown _ -> List.of();
        };
    }

    private static String name(String domain) {
        return "_dmarc." + domain;
    }
}
