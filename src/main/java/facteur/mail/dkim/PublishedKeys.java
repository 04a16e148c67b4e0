package facteur.mail.dkim;

import java.util.Map;
import java.util.Set;

/// Knows the keys that DNS has. Thread-safe; blocks for a bounded time.
@FunctionalInterface
public interface PublishedKeys {
    /// @param names of records, such as `s1._domainkey.example.org`
    /// @return an answer for each
    Map<String, PublishedKey> of(Set<String> names);
}
