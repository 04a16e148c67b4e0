package facteur.mail.dkim;

import java.util.List;
import java.util.stream.Stream;

/// The keys of one domain, oldest first; those that can't be read are problems instead.
///
/// @param problems sentences for the operator, each naming its file
public record DomainKeys(String domain, List<StoredKey> keys, List<String> problems) {
    public DomainKeys {
        keys = List.copyOf(keys);
        problems = List.copyOf(problems);
    }

    public List<StoredKey> in(KeyState state) {
        return keys.stream().filter(stored -> stored.state() == state).toList();
    }

    /// What letters are signed with: of each algorithm the latest active one.
    public List<DkimKey> signing() {
        return Stream.of(DkimAlgorithm.values())
                .flatMap(algorithm -> of(algorithm, KeyState.ACTIVE).reduce((_, later) -> later).stream())
                .map(StoredKey::key)
                .toList();
    }

    Stream<StoredKey> of(DkimAlgorithm algorithm, KeyState state) {
        return in(state).stream().filter(stored -> stored.key().algorithm() == algorithm);
    }
}
