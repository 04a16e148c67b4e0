package facteur.platform.dns;

/// Asks the DNS. Thread-safe; blocks for a bounded time.
@FunctionalInterface
public interface Dns {
    /// The records at a name, aliases followed.
    ///
    /// @param name in A-labels, with or without the dot at its end
    DnsAnswer ask(String name, RecordType type);

    default DnsAnswer txt(String name) {
        return ask(name, RecordType.TXT);
    }

    default DnsAnswer mx(String name) {
        return ask(name, RecordType.MX);
    }
}
