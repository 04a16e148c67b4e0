package facteur.platform.dns;

import java.time.Duration;
import java.util.List;

/// The answer to a question. Only [Found] and [Absent] say something about the name; [Unknown] says something about the way
/// to it. Immutable.
public sealed interface DnsAnswer {
    /// @param texts one for each record. Of TXT, its strings joined (RFC 7208 §3.3), octets over 127 as ISO-8859-1; of MX, preference and
    ///         host in lower case with the dot at its end, such as `10 mx.example.org.`, in the order in which hosts are tried
    /// @param aliases the names that CNAME records led on to, in their order; mostly none
    /// @param ttl how long it holds: the least of all the records on the way
    record Found(List<String> texts, List<String> aliases, Validation validation, Duration ttl) implements DnsAnswer {
        public Found {
            texts = List.copyOf(texts);
            aliases = List.copyOf(aliases);
        }
    }

    /// There is no such record (RFC 2308 §2).
    record Absent(Absence absence, List<String> aliases, Validation validation, Duration ttl) implements DnsAnswer {
        public Absent {
            aliases = List.copyOf(aliases);
        }
    }

    /// SERVFAIL, a refusal, a timeout, or an answer that makes no sense: what is there is unknown.
    record Unknown(String why) implements DnsAnswer {}

    enum Absence {
        /// NXDOMAIN: there is no such name.
        NO_NAME("there is no such name"),
        /// NODATA: there is the name, and no text at it.
        NO_TEXT("there is no TXT record"),
        /// The same for [RecordType#MX].
        NO_MX("there is no MX record");

        private final String words;

        Absence(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// Whether the resolver says that it has checked the signatures (the AD bit, RFC 4035 §3.2.3). Worth as much as the
    /// way to the resolver is safe.
    enum Validation {
        AUTHENTIC,
        UNSIGNED
    }
}
