package facteur.route;

import facteur.mail.letter.Addressed;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.platform.config.Section;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One entry of `routes`: which letters leave by which upstreams. A condition that it doesn't name is met by all. Immutable.
///
/// @param upstreams by name, at least one
record RouteRule(
        Optional<Kind> kind,
        Set<String> offices,
        Set<String> contexts,
        List<DomainPattern> from,
        List<DomainPattern> to,
        List<String> upstreams) {
    private static final List<String> CONDITIONS = List.of("kind", "office", "context", "from-domain", "to-domain");

    /// What a letter is, by whether a report on it may be made.
    enum Kind {
        LETTER,
        /// Of ours, or an app's own: it came from the null reverse-path, even if it leaves under another.
        REPORT
    }

    RouteRule {
        offices = Set.copyOf(offices);
        contexts = Set.copyOf(contexts);
        from = List.copyOf(from);
        to = List.copyOf(to);
        upstreams = List.copyOf(upstreams);
    }

    /// For every letter.
    static RouteRule everything(List<String> upstreams) {
        return new RouteRule(Optional.empty(), Set.of(), Set.of(), List.of(), List.of(), upstreams);
    }

    /// @param known the names of all upstreams
    static RouteRule from(Section section, Set<String> known) {
        var upstreams = section.values("upstreams", name -> known(name, known));
        if (!section.has("upstreams")) {
            section.problem("upstreams", "a route needs an upstream");
        }
        return new RouteRule(
                section.choice("kind", Kind.class),
                Set.copyOf(section.texts("office", List.of())),
                Set.copyOf(section.values("context", name -> name.strip().toLowerCase(Locale.ROOT))),
                section.values("from-domain", DomainPattern::parse),
                section.values("to-domain", DomainPattern::parse),
                upstreams);
    }

    private static String known(String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("there is no upstream " + name);
        }
        return name;
    }

    /// Whether the entry asks for nothing, not even for what is written wrongly.
    static boolean isForEverything(Section section) {
        return CONDITIONS.stream().noneMatch(section::has);
    }

    /// Whether a letter of the office may go this way.
    boolean mayTake(String office) {
        return offices.isEmpty() || offices.contains(office);
    }

    /// Whether the letter fits, as far as it is the same for all its recipients.
    boolean takes(Addressed letter) {
        var provenance = letter.provenance();
        return (kind.isEmpty() || kind.get() == kind(letter))
                && mayTake(provenance.office().text())
                && (contexts.isEmpty() || contexts.contains(provenance.context().text()))
                && (from.isEmpty() || from(letter).filter(address -> isIn(from, address)).isPresent());
    }

    private static Kind kind(Addressed letter) {
        return letter.isReport() ? Kind.REPORT : Kind.LETTER;
    }

    boolean reaches(ForwardPath recipient) {
        return to.isEmpty() || isIn(to, recipient.address());
    }

    private static boolean isIn(List<DomainPattern> patterns, Address address) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(address));
    }

    /// We wrote the one From there is.
    private static Optional<Address> from(Addressed letter) {
        return letter.header().all("From").stream()
                .findFirst()
                .flatMap(field -> Mailbox.parse(field.value()))
                .map(Mailbox::address);
    }
}
