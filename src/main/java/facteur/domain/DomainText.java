package facteur.domain;

import java.net.URI;
import java.util.Optional;

/// What a person or a program names as a domain.
public sealed interface DomainText {
    /// @param domain in lower case and A-labels
    record Domain(String domain) implements DomainText {}

    /// The address of a page or of a mailbox.
    ///
    /// @param domain that is probably meant, in lower case and A-labels
    record Meant(String domain) implements DomainText {}

    /// @param why it is no domain
    record Bad(String why) implements DomainText {}

    static DomainText read(String text) {
        try {
            return new Domain(DomainSettings.domain(text));
        } catch (IllegalArgumentException none) {
            return meant(text.strip()).<DomainText>map(Meant::new).orElseGet(() -> new Bad(String.valueOf(none.getMessage())));
        }
    }

    /// Without the host that pages usually have.
    private static Optional<String> meant(String text) {
        return host(text).map(host -> host.startsWith("www.") ? host.substring(4) : host).flatMap(DomainText::domain);
    }

    private static Optional<String> host(String text) {
        if (!text.contains("/") && text.indexOf('@') > 0) {
            return Optional.of(text.substring(text.lastIndexOf('@') + 1));
        }
        try {
            // A host in other letters than ASCII is none to URI, which takes it for the name of an authority.
            var address = URI.create(text.contains("://") ? text : "https://" + text);
            return Optional.ofNullable(address.getHost()).or(() -> Optional.ofNullable(address.getAuthority()));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> domain(String host) {
        try {
            return Optional.of(DomainSettings.domain(host)).filter(domain -> domain.indexOf('.') > 0);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
