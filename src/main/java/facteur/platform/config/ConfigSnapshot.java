package facteur.platform.config;

import facteur.platform.config.References.Expansion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The values of a file, key by key, to be compared with later ones. References count as what they stand for, so
/// that a new password in the same file is seen. Values are stored as digests: some are secret. What an unexpanded path
/// leads to (a PEM file, a folder) is not looked at. Immutable.
public final class ConfigSnapshot {
    /// Keys that are compared; more, as aliases inside aliases make them, are not.
    static final int MOST = 10_000;

    private final Map<String, String> digests;

    private ConfigSnapshot(Map<String, String> digests) {
        this.digests = Map.copyOf(digests);
    }

    static ConfigSnapshot of(Collection<Entry> entries, References references) {
        var digests = new HashMap<String, String>();
        entries.forEach(entry -> add(entry, references, digests));
        return new ConfigSnapshot(digests);
    }

    /// The full keys that the two don't agree on, such as `limits.connections` or `upstreams[0].address`.
    public Set<String> differing(ConfigSnapshot other) {
        var keys = new TreeSet<>(digests.keySet());
        keys.addAll(other.digests.keySet());
        keys.removeIf(key -> digests.getOrDefault(key, "").equals(other.digests.getOrDefault(key, "")));
        return keys;
    }

    private static void add(Entry entry, References references, Map<String, String> digests) {
        if (!entry.isSet() || entry.node().isRecursive() || digests.size() >= MOST) {
            return;
        }
        entry.items().forEach(item -> add(item, references, digests));
        entry.members().forEach(member -> add(member, references, digests));
        entry.scalar().ifPresent(text -> digests.put(entry.path(), digest(switch (references.expand(text)) {
            case Expansion.Text(String expanded) -> expanded;
            case Expansion.Failed(String reason) -> reason;
        })));
    }

    private static String digest(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }
}
