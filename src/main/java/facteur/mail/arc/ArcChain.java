package facteur.mail.arc;

import facteur.mail.dkim.BodyForm;
import facteur.mail.dkim.Canonicalization;
import facteur.mail.dkim.Evidence;
import facteur.mail.dkim.Verdict;
import facteur.mail.message.Header;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The chain of a letter that came in: what is needed to judge it, and the verdict (RFC 8617 §5.2). Immutable.
public final class ArcChain {
    private final Header letter;
    private final ArcFields fields;
    /// None when the chain is broken or ended.
    private final List<ArcSet> sets;

    private ArcChain(Header letter, ArcFields fields) {
        this.letter = letter;
        this.fields = fields;
        this.sets = fields.isEnded() ? List.of() : fields.sets().orElse(List.of());
    }

    public static ArcChain of(Header letter) {
        return new ArcChain(letter, ArcFields.of(letter));
    }

    public Set<String> keyNames() {
        var names = new HashSet<String>();
        sets.forEach(set -> names.add(set.seal().keyName()));
        newest().ifPresent(set -> names.add(set.message().field().keyName()));
        return names;
    }

    public Set<BodyForm> bodyForms() {
        return newest().map(set -> Set.of(set.message().body())).orElse(Set.of());
    }

    private Optional<ArcSet> newest() {
        return sets.isEmpty() ? Optional.empty() : Optional.of(sets.getLast());
    }

    /// A failure stays one, for whom it comes to next (§5.2.1).
    public ChainVerdict check(Evidence evidence) {
        if (fields.isEmpty()) {
            return ChainVerdict.of(ChainStatus.NONE);
        }
        if (fields.isEnded()) {
            return ChainVerdict.failed("a host before said so");
        }
        if (sets.isEmpty()) {
            return ChainVerdict.failed(fields.highest() > ArcFields.MOST_SETS ? "too many sets" : "its sets aren't whole");
        }
        // Only the last host's word about the letter counts: those before may have been of another form of it.
        var verdict = of("message signature", sets.size(), sets.getLast().message().check(letter, evidence));
        var before = new ByteArrayOutputStream();
        for (var i = 0; i < sets.size() && !isFinal(verdict); i++) {
            var sealed = seal(sets.get(i), before, i + 1, evidence);
            verdict = sealed.status() == ChainStatus.PASS ? verdict : sealed;
            sets.get(i).writeTo(before);
        }
        return verdict;
    }

    private static boolean isFinal(ChainVerdict verdict) {
        return verdict.status() == ChainStatus.FAIL && !verdict.isTemporary();
    }

    private static ChainVerdict seal(ArcSet set, ByteArrayOutputStream before, int instance, Evidence evidence) {
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(before.toByteArray());
        set.writeUnsealed(signed);
        signed.writeBytes(set.seal().unsigned(Canonicalization.RELAXED));
        return of("seal", instance, evidence.check(set.seal(), signed.toByteArray()));
    }

    private static ChainVerdict of(String what, int instance, Verdict verdict) {
        return switch (verdict.outcome()) {
            case PASS -> ChainVerdict.of(ChainStatus.PASS);
            case TEMPERROR -> new ChainVerdict(ChainStatus.FAIL, what + " " + instance + ": " + verdict.reason(), true);
            case FAIL, POLICY, NEUTRAL, PERMERROR -> ChainVerdict.failed(what + " " + instance + ": " + verdict.reason());
        };
    }

    boolean isEnded() {
        return fields.isEnded();
    }

    /// Of the set that the next host adds.
    int nextInstance() {
        return fields.highest() + 1;
    }

    /// The sets as the next seal covers them.
    byte[] octets() {
        var out = new ByteArrayOutputStream();
        sets.forEach(set -> set.writeTo(out));
        return out.toByteArray();
    }
}
