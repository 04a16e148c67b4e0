package facteur.relay;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a reload does about the keys of the configuration that have changed.
///
/// @param changed since the last reload, or the start, that took over; as far as they are in force now
/// @param atNextStart that differ from what the daemon was started with, and have to wait
record ReloadKeys(List<String> changed, List<String> atNextStart) {
    /// What makes settings come from elsewhere, or be read otherwise.
    private static final Set<String> SOURCE = Set.of("settings", "shared-address");

    /// The other keys that are taken over.
    private static final Set<String> TAKEN_OVER = Set.of(
            "hostname", "domains", "contexts", "received", "apps", "tls", "listeners", "upstreams", "routes", "delivery", "limits", "history",
            "log.level");

    ReloadKeys {
        changed = List.copyOf(changed);
        atNextStart = List.copyOf(atNextStart);
    }

    /// @param started what the daemon was started with
    /// @param before what is in force
    static ReloadKeys of(Config started, Config before, Config wanted) {
        var now = wanted.reading().written();
        var changed = before.reading().written().differing(now).stream().filter(ReloadKeys::isTakenOver).toList();
        var waiting = started.reading().written().differing(now).stream().filter(key -> !isTakenOver(key)).toList();
        return new ReloadKeys(Stream.concat(changed.stream(), files(before, wanted, changed)).toList(), waiting);
    }

    /// Sections that are written as before, but a file that they name holds something else.
    private static Stream<String> files(Config before, Config wanted, List<String> changed) {
        var tls = before.inbound().tls().equals(wanted.inbound().tls()) || isNamed(Set.of("tls"), changed) ? Stream.<String>of() : Stream.of("tls");
        // The host name is told to upstreams.
        var upstreams = before.outbound().routes().equals(wanted.outbound().routes()) || isNamed(Set.of("upstreams", "routes", "hostname"), changed)
                ? Stream.<String>of()
                : Stream.of("upstreams");
        return Stream.concat(tls, upstreams);
    }

    private static boolean isNamed(Set<String> sections, List<String> keys) {
        return keys.stream().anyMatch(key -> isIn(sections, key));
    }

    /// Whether settings have to be looked up elsewhere, or read otherwise.
    boolean isOtherSource() {
        return isNamed(SOURCE, changed);
    }

    private static boolean isTakenOver(String key) {
        return isIn(SOURCE, key) || isIn(TAKEN_OVER, key);
    }

    /// Whether the key is one of these, or below one.
    private static boolean isIn(Set<String> keys, String key) {
        return keys.stream().anyMatch(each -> key.equals(each) || key.startsWith(each + ".") || key.startsWith(each + "["));
    }
}
