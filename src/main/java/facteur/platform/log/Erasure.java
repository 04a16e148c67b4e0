package facteur.platform.log;

import facteur.platform.idna.DomainName;
import java.util.Locale;
import java.util.Optional;

/// Removes one person from texts: the address, and its local part anywhere in foreign text. Immutable.
public final class Erasure {
    /// In place of an address (RFC 2606): not its domain, which may be a person's own.
    public static final String FORGOTTEN = "forgotten@forgotten.invalid";

    private final AddressScan.Found person;
    private final Veil veil;

    private Erasure(AddressScan.Found person) {
        this.person = person;
        this.veil = new Veil.Erased(person.localPart(), person.domain());
    }

    /// @return empty when the text is no address
    public static Optional<Erasure> of(String address) {
        var found = AddressScan.of(address);
        return found.size() == 1 && found.getFirst().start() == 0 && found.getFirst().end() == address.length()
                && !found.getFirst().domain().isEmpty()
                        ? Optional.of(new Erasure(found.getFirst()))
                        : Optional.empty();
    }

    /// Whether the text has the person's address, in any case and with the domain written either way.
    public boolean concerns(String text) {
        return AddressScan.of(text).stream().anyMatch(found -> isSame(person.localPart(), person.domain(), found.localPart(), found.domain()));
    }

    static boolean isSame(String localPart, String domain, String otherLocalPart, String otherDomain) {
        return localPart.replace("\"", "").equalsIgnoreCase(otherLocalPart.replace("\"", "")) && folded(domain).equals(folded(otherDomain));
    }

    private static String folded(String domain) {
        var lower = domain.toLowerCase(Locale.ROOT);
        return DomainName.ascii(lower).orElse(lower);
    }

    /// A pattern of SQL that fits at least each text, in lower case, that has the address, in JSON too.
    public String pattern() {
        var plain = person.localPart().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "%");
        return "%" + plain + "%";
    }

    /// The text with `***` in place of the person's local part. Other addresses stay.
    public String without(String text) {
        var people = new LocalParts(veil);
        people.add(person);
        return people.without(text);
    }
}
