package facteur.mail.dkim;

import java.util.List;

/// Knows what letters From a domain are signed with. Thread-safe.
@FunctionalInterface
public interface SigningKeys {
    /// @param domain in A-labels and lower case
    /// @return one key of each algorithm at most; none: letters aren't signed
    List<DkimKey> of(String domain);
}
