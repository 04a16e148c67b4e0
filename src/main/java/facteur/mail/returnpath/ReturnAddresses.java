package facteur.mail.returnpath;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Address;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes return addresses, and reads those that come back. Asks no database: a flood of forged ones costs a hash each.
///
/// Thread-safe.
public final class ReturnAddresses {
    /// Where they are: one domain for both kinds, or one each.
    ///
    /// @param bounces in A-labels
    /// @param replies in A-labels; empty = letters leave with no address for replies
    public record Domains(String bounces, Optional<String> replies) {
        /// Whether it is one of them.
        ///
        /// @param domain in A-labels
        public boolean has(String domain) {
            return domain.equalsIgnoreCase(bounces) || replies.filter(domain::equalsIgnoreCase).isPresent();
        }

        Optional<String> of(ReturnKind kind) {
            return switch (kind) {
                case BOUNCE -> Optional.of(bounces);
                case REPLY -> replies;
            };
        }
    }

    private final Domains domains;
    private final Supplier<ReturnKeys> keys;

    /// @param keys as they are now; read for each address
    public ReturnAddresses(Domains domains, Supplier<ReturnKeys> keys) {
        this.domains = domains;
        this.keys = keys;
    }

    public Domains domains() {
        return domains;
    }

    /// The address of a letter.
    ///
    /// @return empty when there is no domain for that kind
    public Optional<Address> of(ReturnKind kind, QueueId letter) {
        return domains.of(kind).map(domain -> Address.of(ReturnToken.of(kind, letter, keys.get().maker()) + "@" + domain));
    }

    /// What an address says.
    ///
    /// @return empty when we didn't make it, its key is no longer kept, or it is under the domain of the other kind
    public Optional<ReturnAddress> read(Address address) {
        return ReturnToken.read(address.localPart(), keys.get())
                .filter(found -> domains.of(found.kind()).filter(domain -> domain.equalsIgnoreCase(address.asciiDomain())).isPresent());
    }

    /// Whether an address looks as ours do, forged ones too: it costs nothing to see.
    public static boolean isShapedAsOurs(ReturnKind kind, Address address) {
        return ReturnToken.isShaped(kind, address.localPart());
    }

    /// Whether an address is under one of the domains, of our making or not.
    public boolean isOurs(Address address) {
        return domains.has(address.asciiDomain());
    }
}
