package facteur.explain;

import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.DomainKeys;
import facteur.mail.dkim.KeyState;
import facteur.mail.dkim.StoredKey;
import facteur.route.MatchedRoute;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a letter would leave: by which routes and upstreams, with which signatures. Immutable.
///
/// @param sandbox the folder where it is captured instead, when its office has `sandbox: true`
/// @param passages by recipients
/// @param keys of the domain of the new From
public record Departure(Optional<Path> sandbox, List<MatchedRoute> passages, DomainKeys keys) {
    public Departure {
        passages = List.copyOf(passages);
    }

    /// The selectors of keys whose records were not seen yet.
    public List<String> waiting() {
        return keys.in(KeyState.ANNOUNCED).stream().map(StoredKey::key).map(DkimKey::selector).toList();
    }
}
