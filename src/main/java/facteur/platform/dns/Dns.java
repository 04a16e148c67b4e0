package facteur.platform.dns;

/// Asks the DNS. Thread-safe; blocks for a bounded time.
@FunctionalInterface
public interface Dns {
    /// The texts at a name, aliases followed.
    ///
    /// @param name in A-labels, with or without the dot at its end
    DnsAnswer txt(String name);
}
