package facteur.mail.dkim;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/// The fields of a header that a signature covers (RFC 6376 §5.4), in the order of its `h=`.
///
/// A name stands there once for each field of that name, last one first (§5.4.2). Some stand there once more, so that the
/// signature breaks when a field is added (§8.15): those that a reader sees and that there may be one of, whether or not
/// they are there; and those that say how to read the body, when they are there: a relay may add them to a letter without.
final class SignedFields {
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

    static SignedFields of(Header header) {
        var byName = new HashMap<String, List<HeaderField>>();
        for (var field : header.fields()) {
            byName.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(field);
        }
        var names = new ArrayList<String>();
        var relaxed = new ByteArrayOutputStream();
        for (var covered : COVERED) {
            var fields = byName.getOrDefault(covered.name(), List.of());
            for (var field : fields.reversed()) {
                names.add(covered.name());
                relaxed.writeBytes(RelaxedHeader.of(field));
            }
            if (isOneMore(covered.cover(), fields)) {
                names.add(covered.name());
            }
        }
        return new SignedFields(names, relaxed.toByteArray());
    }

    /// In lower case.
    List<String> names() {
        return names;
    }

    /// What a signature hashes of them; not a copy: to be read only.
    byte[] relaxed() {
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
