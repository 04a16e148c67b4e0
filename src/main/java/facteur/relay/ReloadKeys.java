package facteur.relay;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Which keys a reload finds changed, and what it does about them.
///
/// @param changed since the last reload, or the start; those that are in force now
/// @param atNextStart keys that differ from what the daemon was started with, and need a restart
record ReloadKeys(List<String> changed, List<String> atNextStart) {
    /// Keys that change where settings come from, or how they are read.
    private static final Set<String> SOURCE = Set.of("settings", "shared-address", "roles");

    /// The other keys that a reload applies.
    private static final Set<String> APPLIED = Set.of(
            "hostname", "domains", "contexts", "received", "apps", "tls", "listeners", "upstreams", "routes", "delivery", "limits", "history",
            "returns",
            "log.level", "console.url", "console.proxies", "console.pages", "console.language", "console.zone", "console.session",
            "console.second-step", "console.embed", "console.help", "console.suites", "console.oidc");

    ReloadKeys {
        changed = List.copyOf(changed);
        atNextStart = List.copyOf(atNextStart);
    }

    /// @param started what the daemon was started with
    /// @param before what is in force until now
    static ReloadKeys of(Config started, Config before, Config wanted) {
        var now = wanted.reading().written();
        var changed = before.reading().written().differing(now).stream().filter(ReloadKeys::isApplied).toList();
        var waiting = started.reading().written().differing(now).stream().filter(key -> !isApplied(key)).toList();
        return new ReloadKeys(Stream.concat(changed.stream(), files(before, wanted, changed)).toList(), waiting);
    }

    /// Sections whose text is the same, while a file that they name has changed.
    private static Stream<String> files(Config before, Config wanted, List<String> changed) {
        var tls = before.inbound().tls().equals(wanted.inbound().tls()) || isNamed(Set.of("tls"), changed) ? Stream.<String>of() : Stream.of("tls");
        // Upstreams are greeted with the host name.
        var upstreams = before.outbound().routes().equals(wanted.outbound().routes()) || isNamed(Set.of("upstreams", "routes", "hostname"), changed)
                ? Stream.<String>of()
                : Stream.of("upstreams");
        return Stream.concat(tls, upstreams);
    }

    private static boolean isNamed(Set<String> sections, List<String> keys) {
        return keys.stream().anyMatch(key -> isIn(sections, key));
    }

    /// Whether settings come from elsewhere, or are read in another way.
    boolean isOtherSource() {
        return isNamed(SOURCE, changed);
    }

    private static boolean isApplied(String key) {
        return isIn(SOURCE, key) || isIn(APPLIED, key);
    }

    /// Whether the key is one of these, or below one.
    private static boolean isIn(Set<String> keys, String key) {
        return keys.stream().anyMatch(each -> key.equals(each) || key.startsWith(each + ".") || key.startsWith(each + "["));
    }
}
