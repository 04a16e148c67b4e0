package facteur.mail.dkim;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A signature over fields and body of a letter: a DKIM-Signature, or an ARC-Message-Signature, which differs in its version and in
/// what `i=` says (RFC 8617 §4.1.2). Immutable.
///
/// @param names of the fields that it covers, as written
/// @param header how it covers them
/// @param expires empty: never
public record LetterSignature(
        SignatureField field, List<String> names, Canonicalization header, BodyForm body, Optional<Instant> expires) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");
    private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~]+");

    public LetterSignature {
        names = List.copyOf(names);
    }

    /// @return empty when it can't be read, or isn't verified here
    public static Optional<LetterSignature> read(HeaderField field) {
        return SignatureField.read(field).flatMap(LetterSignature::of);
    }

    private static Optional<LetterSignature> of(SignatureField field) {
        var tags = field.tags();
        var names = tags.compact("h").map(list -> List.of(list.split(":", -1))).orElse(List.of());
        var forms = List.of(tags.value("c").orElse("simple").split("/", 2));
        var header = Canonicalization.named(forms.getFirst());
        var body = Canonicalization.named(forms.size() > 1 ? forms.getLast() : "simple");
        if (names.isEmpty() || !names.stream().allMatch(name -> FIELD_NAME.matcher(name).matches())
                || header.isEmpty() || body.isEmpty() || !tags.has("bh")
                || !isNumber(tags, "l") || !isNumber(tags, "x")) {
            return Optional.empty();
        }
        var octets = tags.value("l").map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
        return Optional.of(new LetterSignature(field, names, header.get(), new BodyForm(body.get(), octets),
                tags.value("x").map(Long::parseLong).map(Instant::ofEpochSecond)));
    }

    private static boolean isNumber(TagList tags, String name) {
        return tags.value(name).filter(value -> !NUMBER.matcher(value).matches()).isEmpty();
    }

    public boolean covers(String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    /// The verdict about it as a signature of that letter.
    public Verdict check(Header letter, Evidence evidence) {
        // Programs differ in which one they show, and the signature may be of another (RFC 6376 §8.15).
        if (letter.all("From").size() > 1) {
            return new Verdict(Verdict.Outcome.PERMERROR, "several From fields");
        }
        if (!covers("From")) {
            return new Verdict(Verdict.Outcome.PERMERROR, "From isn't signed");
        }
        if (expires.filter(at -> at.isBefore(evidence.now())).isPresent()) {
            return new Verdict(Verdict.Outcome.FAIL, "the signature has expired");
        }
        var hash = evidence.bodies().of(body);
        if (hash.sha256().filter(this::isBodyHash).isEmpty()) {
            return new Verdict(Verdict.Outcome.FAIL, "the body was changed");
        }
        var verdict = evidence.check(field, signed(letter));
        return verdict.isPass() && !hash.isWhole() ? new Verdict(Verdict.Outcome.POLICY, "part of the body isn't signed") : verdict;
    }

    /// As octets: in base64, the same ones may be written in several ways.
    private boolean isBodyHash(String sha256) {
        var base64 = Base64.getDecoder();
        try {
            return Arrays.equals(base64.decode(sha256), base64.decode(field.tags().compact("bh").orElse("")));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private byte[] signed(Header letter) {
        var fields = SignedFields.octets(letter, names, header);
        var itself = field.unsigned(header);
        var both = Arrays.copyOf(fields, fields.length + itself.length);
        System.arraycopy(itself, 0, both, fields.length, itself.length);
        return both;
    }
}
