package facteur.settings;

import facteur.config.Problems;
import facteur.message.Mailbox;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Looks for settings that are allowed and probably a mistake. For one thread.
final class Lint {
    private final Problems problems;

    /// Who has an address: the first office that was seen with it.
    private final Map<String, OfficeId> owners = new HashMap<>();

    Lint(Problems problems) {
        this.problems = problems;
    }

    /// Warns of an address that two offices call their own, and of people on cards whose address is at a domain that the
    /// office has nothing to do with.
    void look(Path file, OfficeSettings office, Collection<RelationCard> cards) {
        own(office).forEach(mailbox -> {
            var owner = owners.putIfAbsent(mailbox.address().toString().toLowerCase(Locale.ROOT), office.id());
            if (owner != null && !owner.equals(office.id())) {
                problems.warn(file, 0, "", mailbox.address() + " is also an address of the office " + owner);
            }
        });
        var domains = domains(office);
        var strangers = new HashSet<String>();
        cards.forEach(card -> card.roles().values().forEach(people -> people.stream()
                .filter(person -> !domains.contains(person.address().asciiDomain()))
                .forEach(person -> strangers.add(person.address().toString()))));
        strangers.stream().sorted().findFirst().ifPresent(first -> problems.warn(
                file,
                0,
                "relations",
                strangers.size() + " addresses on cards are at none of the office's domains; the first is " + first));
    }

    private static List<Mailbox> own(OfficeSettings office) {
        var from = office.from().map(own -> Mailbox.of(own.address())).stream();
        return Stream.concat(Stream.of(office.company()), from).distinct().toList();
    }

    private static Set<String> domains(OfficeSettings office) {
        var domains = new HashSet<String>();
        own(office).forEach(mailbox -> domains.add(mailbox.address().asciiDomain()));
        office.users().forEach(user -> domains.add(user.address().asciiDomain()));
        return domains;
    }
}
