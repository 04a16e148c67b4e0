package facteur.route;

import facteur.mail.smtp.Address;

/// A domain as a route names it: `example.org`, or `*.example.org` for every domain below it. Immutable.
///
/// @param domain in A-labels and lower case, without the star
record DomainPattern(String domain, Reach reach) {
    enum Reach {
        ITSELF,
        BELOW
    }

    /// @throws IllegalArgumentException when it is neither
    static DomainPattern parse(String text) {
        var isBelow = text.startsWith("*.");
        var domain = Address.parse("any@" + (isBelow ? text.substring(2) : text))
                .orElseThrow(() -> new IllegalArgumentException("not a domain, nor *. and a domain: " + text + Address.remark(text)))
                .asciiDomain();
        return new DomainPattern(domain, isBelow ? Reach.BELOW : Reach.ITSELF);
    }

    /// As it was written, in A-labels.
    @Override
    public String toString() {
        return switch (reach) {
            case ITSELF -> domain;
            case BELOW -> "*." + domain;
        };
    }

    boolean matches(Address address) {
        return switch (reach) {
            case ITSELF -> address.asciiDomain().equals(domain);
            case BELOW -> address.asciiDomain().endsWith("." + domain);
        };
    }
}
