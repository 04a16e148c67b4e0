package facteur.mail.arc;

import facteur.mail.dkim.BodyForm;
import facteur.mail.dkim.BodyHashes;
import facteur.mail.dkim.Canonicalization;
import facteur.mail.dkim.DkimAlgorithm;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.DkimSignatures;
import facteur.mail.dkim.Evidence;
import facteur.mail.dkim.PublishedKeys;
import facteur.mail.dkim.SignatureWriter;
import facteur.mail.dkim.SignedFields;
import facteur.mail.dkim.SigningKeys;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/// Says what a letter's signatures were worth when it came in, and seals that (RFC 8617 §5.1): [#verify] before anything is changed,
/// [#seal] last. With RSA keys, since most verifiers know no other seal.
///
/// Thread-safe; blocks for the DNS. The body is never held in memory.
public final class ArcSealer {
    /// The next host may go by them (RFC 8617 §4.1.2).
    private static final List<String> ALSO_SIGNED = List.of("dkim-signature");

    /// Who seals.
    ///
    /// @param authority the host name that results are said by
    /// @param domain of the key, in A-labels and lower case
    public record Identity(String authority, String domain) {}

    private final SigningKeys keys;
    private final PublishedKeys published;
    private final InstantSource time;

    public ArcSealer(SigningKeys keys, PublishedKeys published, InstantSource time) {
        this.keys = keys;
        this.published = published;
        this.time = time;
    }

    /// @param arrived as it came in
    /// @throws IOException when the body can't be read
    public Findings verify(Message arrived) throws IOException {
        var chain = ArcChain.of(arrived.header());
        var signatures = DkimSignatures.of(arrived.header());
        // The chain first: if there are too many names, it is judged and the signatures aren't.
        var names = new LinkedHashSet<>(chain.keyNames());
        names.addAll(signatures.keyNames());
        var forms = new HashSet<>(chain.bodyForms());
        forms.addAll(signatures.bodyForms());
        var evidence = new Evidence(BodyHashes.of(arrived.body(), forms), published.of(names), time.instant());
        return new Findings(chain, chain.check(evidence), signatures.check(evidence));
    }

    /// Adds a set on top. There is none on a chain that has ended, or is full (§5.2), nor where DNS kept us from judging the one before:
    /// the next host may see that it holds. A letter with several From fields (RFC 5322 §3.6) gets none either.
    ///
    /// @param message as it leaves
    /// @param findings of [#verify]
    /// @param peer that it came from
    /// @throws IOException when the body can't be read
    public Sealing seal(Message message, Findings findings, Identity identity, InetAddress peer) throws IOException {
        if (message.header().all("From").size() > 1) {
            return new Sealing.Unfit("several From fields");
        }
        var chain = findings.chain();
        if (chain.isEnded() || chain.nextInstance() > ArcFields.MOST_SETS || findings.verdict().isTemporary()) {
            return new Sealing.Left(chain.nextInstance() > ArcFields.MOST_SETS ? "too many sets" : findings.verdict().reason());
        }
        var key = keys.of(identity.domain()).stream().filter(each -> each.algorithm() == DkimAlgorithm.RSA).findFirst();
        if (key.isEmpty()) {
            return new Sealing.NoKey();
        }
        var set = set(message, findings, key.get(), identity, peer);
        set.addAll(message.header().fields());
        return new Sealing.Sealed(message.withHeader(new Header(set)), findings.verdict().status());
    }

    private List<HeaderField> set(Message message, Findings findings, DkimKey key, Identity identity, InetAddress peer) throws IOException {
        var instance = findings.chain().nextInstance();
        var results = HeaderField.of(ArcSet.RESULTS, ResultsText.of(instance, identity.authority(), findings, peer));
        var letter = letterSignature(instance, message, key, identity.domain());
        var covered = new ByteArrayOutputStream();
        // A chain that fails can't be covered for sure: the seal is as if there were none before (§5.1.2).
        covered.writeBytes(findings.verdict().status() == ChainStatus.FAIL ? new byte[0] : findings.chain().octets());
        covered.writeBytes(Canonicalization.RELAXED.field(results));
        covered.writeBytes(Canonicalization.RELAXED.field(letter));
        var seal = SignatureWriter.sign(key, covered.toByteArray(), ArcSet.SEAL,
                "i=" + instance + "; a=" + key.algorithm() + "; cv=" + findings.verdict().status() + "; d=" + identity.domain()
                        + ";\r\n\ts=" + key.selector() + "; t=" + time.instant().getEpochSecond()
                        + ";\r\n\tb=");
        return new ArrayList<>(List.of(seal, letter, results));
    }

    /// As a DKIM signature of ours, but for the version, which ARC has none of.
    private HeaderField letterSignature(int instance, Message message, DkimKey key, String domain) throws IOException {
        var signed = SignedFields.of(message.header(), ALSO_SIGNED);
        var hash = BodyHashes.of(message.body(), List.of(BodyForm.OURS)).ours();
        return SignatureWriter.sign(key, signed.relaxed(), ArcSet.MESSAGE,
                "i=" + instance + "; a=" + key.algorithm() + "; c=relaxed/relaxed; d=" + domain
                        + ";\r\n\ts=" + key.selector() + "; t=" + time.instant().getEpochSecond()
                        + ";\r\n\t" + SignatureWriter.names(signed.names())
                        + ";\r\n\tbh=" + hash
                        + ";\r\n\tb=");
    }
}
