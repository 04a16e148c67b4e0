package facteur.settings;

import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Looks through all offices' files for settings that are allowed and probably a mistake. For one thread.
final class Lint {
    private final Problems problems;
    private final OfficeDomains domains;
    private final Set<String> officeDomains = new HashSet<>();

    /// By address: the first office that was seen with it.
    private final Map<String, OfficeId> owners = new HashMap<>();

    Lint(Problems problems, OfficeDomains domains) {
        this.problems = problems;
        this.domains = domains;
    }

    /// Of all offices that it has looked at, in A-labels.
    Set<String> officeDomains() {
        return Set.copyOf(officeDomains);
    }

    /// Warns of clients that no letter can name.
    void lookAtNames(Path file, Stream<RelationId> relations) {
        var unsendable = relations.map(RelationId::text).filter(id -> Sendable.trouble(id).isPresent()).sorted().toList();
        unsendable.stream().findFirst().ifPresent(first -> problems.warn(
                file,
                0,
                "relations",
                SettingsCode.RELATION_UNSENDABLE,
                "'" + first + "' can't be sent by every app" + others(unsendable.size() - 1) + ": "
                        + Sendable.trouble(first).orElse("")));
    }

    private static String others(int count) {
        return count == 0 ? "" : " (nor can " + count + (count == 1 ? " other)" : " others)");
    }

    /// Warns of an address that two offices use, of what [OddSettings] finds, and of people on cards whose address is at a
    /// domain that the office has nothing to do with.
    void look(Path file, OfficeSettings office, Stream<RelationCard> cards) {
        OddSettings.ownMailboxes(office).forEach(mailbox -> {
            var owner = owners.putIfAbsent(mailbox.address().toString().toLowerCase(Locale.ROOT), office.id());
            if (owner != null && !owner.equals(office.id())) {
                problems.warn(file, 0, "", SettingsCode.ADDRESS_OTHER_OFFICE, mailbox.address() + " is also an address of the office " + owner);
            }
        });
        OddSettings.fromAddresses(office).forEach(address -> officeDomains.add(address.asciiDomain()));
        OddSettings.look(office, domains, new InFile(file, problems));
        var known = OddSettings.domains(office);
        var strangers = new HashSet<String>();
        cards.forEach(card -> card.roles().values().forEach(people -> people.stream()
                .filter(person -> !known.contains(person.address().asciiDomain()))
                .forEach(person -> strangers.add(person.address().toString()))));
        strangers.stream().sorted().findFirst().ifPresent(first -> problems.warn(
                file,
                0,
                "relations",
                SettingsCode.PERSON_STRANGER,
                strangers.size() + " addresses on cards are at none of the office's domains; the first is " + first));
    }

    private record InFile(Path file, Problems problems) implements OddSettings.Place {
        @Override
        public void warn(String key, String code, String message) {
            problems.warn(file, 0, key, code, message);
        }

        @Override
        public void warn(List<String> path, String code, String message) {
            problems.warn(new Problem(file.toString(), OfficeFiles.lineOf(file, path), String.join(".", path), code, message));
        }

        @Override
        public void warnOfFrom(Address address, String code, String message) {
            problems.warn(new Problem(file.toString(), OfficeFiles.lineOf(file, address), "from", code, message));
        }
    }
}
