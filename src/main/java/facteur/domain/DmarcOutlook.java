package facteur.domain;

import facteur.mail.smtp.Address;
import facteur.platform.config.Word;
import facteur.platform.dns.PublicSuffixes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a receiver that enforces DMARC will make of letters From a domain (RFC 7489 §3.1, §6.6.2), in sentences.
/// Whether SPF lets the smarthost through isn't known here: that is between the reverse-path's domain and the smarthost.
public final class DmarcOutlook {
    private DmarcOutlook() {}

    /// @param reversePath of these letters; empty = the app's own
    public static List<String> of(Findings findings, Optional<Address> reversePath) {
        var domain = findings.claim().domain();
        var sentences = new ArrayList<String>();
        var mode = findings.dmarc() instanceof Dmarc.Policy policy ? policy.spf() : Dmarc.Mode.RELAXED;
        var isSpfAligned = reversePath.filter(address -> isAligned(address.asciiDomain(), domain, mode)).isPresent();
        var none = findings.keyProblems().isEmpty() ? "no DKIM key is published" : "our DKIM keys can't be read";
        sentences.add("a receiver that enforces DMARC "
                + (findings.hasKey()
                        ? "will pass this letter by DKIM (d=" + domain + ")"
                        : isSpfAligned
                                ? "will pass this letter only by SPF: " + none
                        : "will not pass this letter: " + none)
                + "; " + spf(domain, reversePath, mode));
        sentences.add(request(domain, findings.dmarc()));
        return sentences;
    }

    private static String spf(String domain, Optional<Address> reversePath, Dmarc.Mode mode) {
        if (reversePath.isEmpty()) {
            return "SPF is aligned only when the app's own reverse-path is in " + domain;
        }
        var address = reversePath.get();
        if (isAligned(address.asciiDomain(), domain, mode)) {
            return "SPF is aligned, and passes if the record of " + address.asciiDomain() + " allows the smarthost";
        }
        return "SPF is not aligned because the reverse-path is " + address;
    }

    static boolean isAligned(String domain, String from, Dmarc.Mode mode) {
        return switch (mode) {
            case STRICT -> domain.equals(from);
            case RELAXED -> {
                var suffixes = PublicSuffixes.packed();
                yield suffixes.organisationalDomain(domain).equals(suffixes.organisationalDomain(from));
            }
        };
    }

    private static String request(String domain, Dmarc dmarc) {
        return switch (dmarc) {
            case Dmarc.Policy(var name, var request, var dkim, var spf, _) ->
                "of letters that fail, " + domain + " asks: " + Word.of(request) + " (" + name + ", DKIM " + Word.of(dkim)
                        + ", SPF " + Word.of(spf) + ")";
            case Dmarc.None(var why) -> domain + " asks receivers for nothing: " + why;
            case Dmarc.Unclear(var why) -> "what " + domain + " asks of receivers isn't known: " + why;
        };
    }
}
