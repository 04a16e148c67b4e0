package facteur.domain;

import facteur.platform.dns.DnsAnswer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Where hosts hand over mail for a domain of the relay itself (RFC 5321 §5.1). Immutable.
///
/// @param finding right when this relay is among them: each of several nodes has a record of its own, in any order
/// @param sentence the same for people
public record MailHosts(Finding finding, String sentence) {
    /// RFC 7505 §3
    private static final String NO_HOST = ".";

    /// @param domain in lower case and A-labels
    /// @param relay the host of this relay
    static MailHosts of(String domain, String relay, DnsAnswer answer) {
        var finding = Finding.of(domain, text(relay), answer, text -> isHost(host(text), relay));
        return new MailHosts(finding, switch (answer) {
            case DnsAnswer.Found found -> sentence(domain, relay, found.texts().stream().map(MailHosts::host).distinct().toList());
            case DnsAnswer.Absent absent -> switch (absent.absence()) {
                case NO_NAME -> "nothing comes back: there is no name " + domain + " in the DNS";
                case NO_MX, NO_TEXT -> domain + " has no MX record: hosts hand mail over at its own address, if it has one";
            };
            case DnsAnswer.Unknown(var why) -> "the MX record of " + domain + " isn't known: " + why;
        });
    }

    /// Of the record to be published.
    static String text(String relay) {
        return "10 " + relay + ".";
    }

    private static String sentence(String domain, String relay, List<String> hosts) {
        if (hosts.stream().anyMatch(host -> isHost(host, relay))) {
            return "mail for " + domain + " comes to this relay";
        }
        if (hosts.equals(List.of(NO_HOST))) {
            return "nothing comes back: " + domain + " says that it takes no mail (null MX, RFC 7505)";
        }
        var others = hosts.stream().filter(host -> !host.equals(NO_HOST)).map(MailHosts::bare).collect(Collectors.joining(", "));
        return "mail for " + domain + " goes to " + others + ", not to " + relay + ": it comes back only if it is handed on from there";
    }

    private static boolean isHost(String host, String relay) {
        return bare(host).equals(relay.toLowerCase(Locale.ROOT));
    }

    /// Of preference and host.
    private static String host(String text) {
        return text.substring(text.indexOf(' ') + 1);
    }

    private static String bare(String host) {
        return host.substring(0, host.length() - 1);
    }
}
