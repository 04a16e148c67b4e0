package facteur.mail.arc;

import facteur.mail.dkim.DkimResult;
import facteur.mail.dkim.SignatureField;
import facteur.mail.dkim.Verdict;
import facteur.platform.config.Word;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.stream.Collectors;

/// What an ARC-Authentication-Results says (RFC 8617 §4.1.1, RFC 8601 §2.2): in US-ASCII, with none of a sender's words but names that
/// were looked up.
final class ResultsText {
    private ResultsText() {}

    /// @param authority who says it: a host name
    /// @param peer that the letter came from
    static String of(int instance, String authority, Findings findings, InetAddress peer) {
        var results = new ArrayList<String>();
        findings.dkim().forEach(result -> results.add(text(result)));
        if (results.isEmpty()) {
            results.add("dkim=none");
        }
        var verdict = findings.verdict();
        results.add("arc=" + verdict.status() + reason(verdict.reason()) + " smtp.remote-ip=" + text(peer));
        return "i=" + instance + "; " + authority + results.stream().map(result -> ";\r\n\t" + result).collect(Collectors.joining());
    }

    private static String text(DkimResult result) {
        return "dkim=" + text(result.verdict()) + result.signature().map(ResultsText::text).orElse("");
    }

    private static String text(Verdict verdict) {
        return Word.of(verdict.outcome()) + reason(verdict.reason());
    }

    private static String text(SignatureField signature) {
        var start = signature.start();
        return " header.d=" + signature.domain() + " header.s=" + signature.selector() + "\r\n\t header.a=" + signature.algorithm()
                + (start.isEmpty() ? "" : " header.b=" + quotedIfNeeded(start));
    }

    private static String reason(String words) {
        return words.isEmpty() ? "" : " reason=\"" + words + "\"";
    }

    /// A token (RFC 2045 §5.1) has no slash and no colon.
    private static String quotedIfNeeded(String value) {
        return value.matches("[A-Za-z0-9+.-]+") ? value : "\"" + value + "\"";
    }

    private static String text(InetAddress peer) {
        var text = peer.getHostAddress();
        return quotedIfNeeded(peer instanceof Inet6Address ? text.replaceAll("%.*", "") : text);
    }
}
