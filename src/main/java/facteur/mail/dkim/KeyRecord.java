package facteur.mail.dkim;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A key as DNS has it (RFC 6376 §3.6.1). Immutable.
final class KeyRecord {
    private final TagList tags;

    private KeyRecord(TagList tags) {
        this.tags = tags;
    }

    /// @param text the strings of one TXT record, joined
    /// @return empty when it is no such record
    static Optional<KeyRecord> parse(String text) {
        return TagList.parse(text)
                .filter(tags -> tags.has("p") && tags.value("v").orElse("DKIM1").equals("DKIM1"))
                .map(KeyRecord::new);
    }

    /// In base64; empty: it is revoked.
    String key() {
        return tags.compact("p").orElse("");
    }

    /// Whether the key signs mail by that algorithm, and no tag says otherwise.
    boolean isFor(DkimAlgorithm algorithm) {
        return tags.value("k").orElse("rsa").equals(algorithm.keyType()) && isListed("h", "sha256") && isListed("s", "email");
    }

    private boolean isListed(String tag, String value) {
        return tags.compact(tag)
                .map(list -> List.of(list.toLowerCase(Locale.ROOT).split(":")))
                .map(values -> values.contains(value) || values.contains("*"))
                .orElse(true);
    }

    /// Whether it signs for its own domain alone, and for none below.
    boolean isStrict() {
        return tags.compact("t").map(flags -> List.of(flags.split(":")).contains("s")).orElse(false);
    }
}
