package facteur.mail.dkim;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.platform.idna.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The DKIM signatures of a letter that came in (RFC 6376 §6): what is needed to judge them, and the verdicts. The first ones count; a
/// letter with more of them than any host makes costs no more. Immutable.
public final class DkimSignatures {
    static final int MOST = 10;

    private final Header letter;
    private final List<Optional<LetterSignature>> signatures;

    private DkimSignatures(Header letter, List<Optional<LetterSignature>> signatures) {
        this.letter = letter;
        this.signatures = signatures;
    }

    public static DkimSignatures of(Header letter) {
        return new DkimSignatures(letter, letter.all("DKIM-Signature").stream().limit(MOST).map(DkimSignatures::read).toList());
    }

    private static Optional<LetterSignature> read(HeaderField field) {
        return LetterSignature.read(field).filter(signature -> {
            var tags = signature.field().tags();
            return tags.value("v").filter("1"::equals).isPresent()
                    && tags.compact("q").map(ways -> List.of(ways.split(":")).contains("dns/txt")).orElse(true)
                    && identity(signature).filter(domain -> isWithin(domain, signature.field().domain())).isPresent();
        });
    }

    /// The domain of `i=`.
    private static Optional<String> identity(LetterSignature signature) {
        var written = signature.field().tags().wide("i");
        return written.isEmpty()
                ? Optional.of(signature.field().domain())
                : DomainName.ascii(written.get().substring(written.get().lastIndexOf('@') + 1));
    }

    private static boolean isWithin(String domain, String above) {
        return domain.equals(above) || domain.endsWith("." + above);
    }

    public Set<String> keyNames() {
        return signatures.stream().flatMap(Optional::stream).map(signature -> signature.field().keyName()).collect(Collectors.toSet());
    }

    public Set<BodyForm> bodyForms() {
        return signatures.stream().flatMap(Optional::stream).map(LetterSignature::body).collect(Collectors.toSet());
    }

    /// One for each signature, in their order.
    public List<DkimResult> check(Evidence evidence) {
        return signatures.stream()
                .map(signature -> new DkimResult(
                        signature.map(LetterSignature::field),
                        signature.map(read -> check(read, evidence))
                                .orElseGet(() -> new Verdict(Verdict.Outcome.NEUTRAL, "the signature can't be read"))))
                .toList();
    }

    private Verdict check(LetterSignature signature, Evidence evidence) {
        var verdict = signature.check(letter, evidence);
        return verdict.isPass() && isStrict(signature, evidence)
                ? new Verdict(Verdict.Outcome.PERMERROR, "the key isn't for subdomains")
                : verdict;
    }

    /// Whether the key forbids what the signature does (RFC 6376 §3.6.1, flag `s`).
    private static boolean isStrict(LetterSignature signature, Evidence evidence) {
        return evidence.keys().get(signature.field().keyName()) instanceof PublishedKey.Found(var text)
                && KeyRecord.parse(text).filter(KeyRecord::isStrict).isPresent()
                && identity(signature).filter(signature.field().domain()::equals).isEmpty();
    }
}
