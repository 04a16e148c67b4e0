package facteur.mail.dkim;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The fields of a header that a signature covers (RFC 6376 §5.4), in the order of its `h=`.
///
/// A name stands there once for each field of that name, last one first (§5.4.2). Some stand there once more, so that the
/// signature breaks when a field is added (§8.15): those that a reader sees and that there may be one of, whether or not
/// they are there; and those that say how to read the body, when they are there: a relay may add them to a letter without.
public final class SignedFields {
    private enum Cover {
        AS_PRESENT,
        ONE_MORE,
        ONE_MORE_IF_PRESENT
    }

    private record Covered(String name, Cover cover) {}

    private static final List<Covered> COVERED = List.of(
            new Covered("from", Cover.ONE_MORE),
            new Covered("reply-to", Cover.ONE_MORE),
            new Covered("subject", Cover.ONE_MORE),
            new Covered("to", Cover.ONE_MORE),
            new Covered("cc", Cover.ONE_MORE),
            new Covered("date", Cover.ONE_MORE),
            new Covered("message-id", Cover.AS_PRESENT),
            new Covered("in-reply-to", Cover.AS_PRESENT),
            new Covered("references", Cover.AS_PRESENT),
            new Covered("mime-version", Cover.ONE_MORE_IF_PRESENT),
            new Covered("content-type", Cover.ONE_MORE_IF_PRESENT),
            new Covered("content-transfer-encoding", Cover.ONE_MORE_IF_PRESENT),
            // RFC 2369 §3, RFC 2919 §3, RFC 8058 §4.
            new Covered("list-id", Cover.AS_PRESENT),
            new Covered("list-help", Cover.AS_PRESENT),
            new Covered("list-unsubscribe", Cover.AS_PRESENT),
            new Covered("list-unsubscribe-post", Cover.AS_PRESENT),
            new Covered("list-subscribe", Cover.AS_PRESENT),
            new Covered("list-post", Cover.AS_PRESENT),
            new Covered("list-owner", Cover.AS_PRESENT),
            new Covered("list-archive", Cover.AS_PRESENT));

    private final List<String> names;
    private final byte[] relaxed;

    private SignedFields(List<String> names, byte[] relaxed) {
        this.names = names;
        this.relaxed = relaxed;
    }

    /// What our signatures cover.
    ///
    /// @param others names of fields that are covered, too, as they are present; in lower case
    public static SignedFields of(Header header, List<String> others) {
        var byName = byName(header);
        var names = new ArrayList<String>();
        for (var covered : COVERED) {
            var fields = byName.getOrDefault(covered.name(), List.of());
            fields.forEach(_ -> names.add(covered.name()));
            if (isOneMore(covered.cover(), fields)) {
                names.add(covered.name());
            }
        }
        for (var other : others) {
            byName.getOrDefault(other, List.of()).forEach(_ -> names.add(other));
        }
        return new SignedFields(names, octets(byName, names, Canonicalization.RELAXED));
    }

    /// What a signature covers that names these.
    ///
    /// @param names in any case; for one that there is no field left for, nothing is covered (RFC 6376 §5.4.2)
    static byte[] octets(Header header, List<String> names, Canonicalization canonicalization) {
        return octets(byName(header), names, canonicalization);
    }

    private static Map<String, List<HeaderField>> byName(Header header) {
        var byName = new HashMap<String, List<HeaderField>>();
        for (var field : header.fields()) {
            byName.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(field);
        }
        return byName;
    }

    private static byte[] octets(Map<String, List<HeaderField>> byName, List<String> names, Canonicalization canonicalization) {
        var taken = new HashMap<String, Integer>();
        var octets = new ByteArrayOutputStream();
        for (var name : names) {
            var lower = name.toLowerCase(Locale.ROOT);
            var fields = byName.getOrDefault(lower, List.of());
            var fromBelow = taken.merge(lower, 1, Integer::sum);
            if (fromBelow <= fields.size()) {
                octets.writeBytes(canonicalization.field(fields.get(fields.size() - fromBelow)));
            }
        }
        return octets.toByteArray();
    }

    /// In lower case.
    public List<String> names() {
        return names;
    }

    /// What a signature hashes of them; not a copy: to be read only.
    public byte[] relaxed() {
        return relaxed;
    }

    private static boolean isOneMore(Cover cover, List<HeaderField> fields) {
        return switch (cover) {
            case AS_PRESENT -> false;
            case ONE_MORE -> true;
            case ONE_MORE_IF_PRESENT -> !fields.isEmpty();
        };
    }
}
