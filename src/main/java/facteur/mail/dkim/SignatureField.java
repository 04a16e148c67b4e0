package facteur.mail.dkim;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.platform.idna.DomainName;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// A field that signs something: what DKIM-Signature (RFC 6376 §3.5) and the fields of ARC (RFC 8617 §4.1) have in common.
/// Immutable.
///
/// @param domain in A-labels and lower case, as is the selector
public record SignatureField(HeaderField field, TagList tags, DkimAlgorithm algorithm, String domain, String selector) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final int LONGEST_NAME = 253;
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9+/]{8,}={0,2}");
    private static final int SHOWN_CHARACTERS = 8;

    /// @return empty when a tag that each of them needs is missing or makes no sense, or the algorithm isn't verified here
    public static Optional<SignatureField> read(HeaderField field) {
        return TagList.of(field).flatMap(tags -> read(field, tags));
    }

    private static Optional<SignatureField> read(HeaderField field, TagList tags) {
        var algorithm = tags.value("a").flatMap(DkimAlgorithm::named);
        var domain = tags.wide("d").flatMap(SignatureField::name);
        var selector = tags.wide("s").flatMap(SignatureField::name);
        if (algorithm.isEmpty() || domain.isEmpty() || selector.isEmpty() || !tags.has("b")) {
            return Optional.empty();
        }
        var found = new SignatureField(field, tags, algorithm.get(), domain.get(), selector.get());
        return found.keyName().length() > LONGEST_NAME ? Optional.empty() : Optional.of(found);
    }

    private static Optional<String> name(String text) {
        return text.length() > LONGEST_NAME ? Optional.empty() : DomainName.ascii(text).filter(name -> NAME.matcher(name).matches());
    }

    /// Where its key is (RFC 6376 §3.6.2.1).
    public String keyName() {
        return selector + "._domainkey." + domain;
    }

    /// The start of `b=`, by which one of several is known (RFC 6008 §4); empty when it isn't base64.
    public String start() {
        return tags.compact("b").filter(b -> SHOWN.matcher(b).matches()).map(b -> b.substring(0, SHOWN_CHARACTERS)).orElse("");
    }

    /// Itself as it was signed: without the value of `b=`, and without the last line end (RFC 6376 §3.7).
    public byte[] unsigned(Canonicalization canonicalization) {
        var octets = field.octets();
        var value = tags.place("b").orElseThrow();
        // At the end of the field, the line end is no part of the value.
        var rest = Math.min(value.end(), octets.length - 2);
        var bare = Arrays.copyOf(octets, value.start() + octets.length - rest);
        System.arraycopy(octets, rest, bare, value.start(), octets.length - rest);
        var canonical = canonicalization.field(Header.parse(bare).fields().getFirst());
        return Arrays.copyOf(canonical, canonical.length - 2);
    }

    /// Whether it is the signature of these octets, by a key of DNS.
    public Verdict check(byte[] signed, PublishedKey published) {
        return switch (published) {
            case PublishedKey.Unknown _ -> new Verdict(Verdict.Outcome.TEMPERROR, "DNS doesn't answer for the key");
            case PublishedKey.TooMany() -> permanent("too many keys");
            case PublishedKey.Missing() -> permanent("there is no such key");
            case PublishedKey.Found(var text) ->
                KeyRecord.parse(text).map(record -> check(signed, record)).orElseGet(() -> permanent("no record of a key"));
        };
    }

    private Verdict check(byte[] signed, KeyRecord record) {
        if (record.key().isEmpty()) {
            return permanent("the key is revoked");
        }
        if (!record.isFor(algorithm)) {
            return permanent("the key isn't for " + algorithm + " and mail");
        }
        PublicKey key;
        try {
            key = algorithm.read(Base64.getDecoder().decode(record.key()));
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            return permanent("the key can't be used");
        }
        try {
            var signature = Base64.getDecoder().decode(tags.compact("b").orElse(""));
            return algorithm.isSigned(key, signed, signature) ? Verdict.PASS : failed("the signature isn't of this letter");
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return failed("the signature is none");
        }
    }

    private static Verdict permanent(String reason) {
        return new Verdict(Verdict.Outcome.PERMERROR, reason);
    }

    private static Verdict failed(String reason) {
        return new Verdict(Verdict.Outcome.FAIL, reason);
    }
}
