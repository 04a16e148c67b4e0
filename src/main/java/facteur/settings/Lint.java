package facteur.settings;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.platform.config.Problems;
import facteur.platform.idna.DomainName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks for settings that are allowed and probably a mistake. For one thread.
final class Lint {
    private static final Set<Character.UnicodeScript> ALIKE = Set.of(
            Character.UnicodeScript.LATIN,
            Character.UnicodeScript.CYRILLIC,
            Character.UnicodeScript.GREEK,
            Character.UnicodeScript.ARMENIAN,
            Character.UnicodeScript.CHEROKEE);

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

    /// Warns of contexts and clients that no letter can name.
    void lookAtNames(Path file, OfficeSettings office, Stream<RelationId> relations) {
        office.contexts().keySet().stream()
                .map(ContextName::text)
                .sorted()
                .forEach(name -> Sendable.trouble(name)
                        .ifPresent(why -> problems.warn(file, 0, "contexts", SettingsCode.KIND_UNSENDABLE, "'" + name + "' can't be sent by every app: " + why)));
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

    /// Warns of an address that two offices use, of names in which letters of one script pass for those of
    /// another, of domains that were added when they had another name, and of people on cards whose address is at a domain
    /// that the office has nothing to do with.
    void look(Path file, OfficeSettings office, Stream<RelationCard> cards) {
        own(office).forEach(mailbox -> {
            var owner = owners.putIfAbsent(mailbox.address().toString().toLowerCase(Locale.ROOT), office.id());
            if (owner != null && !owner.equals(office.id())) {
                problems.warn(file, 0, "", SettingsCode.ADDRESS_OTHER_OFFICE, mailbox.address() + " is also an address of the office " + owner);
            }
        });
        Stream.concat(
                Stream.of(office.company().name()),
                own(office).stream().map(mailbox -> mailbox.address().domain()))
                .filter(Lint::isMixed)
                .forEach(text -> problems.warn(file, 0, "", SettingsCode.NAME_STRANGE, "'" + text + "' mixes scripts; some letters may be look-alikes"));
        officeAddresses(office).forEach(address -> {
            officeDomains.add(address.asciiDomain());
            lookForOldName(file, office.id(), address);
            domains.trouble(office.id(), address)
                    .ifPresent(what -> problems.warn(file, OfficeFiles.lineOf(file, address), "from", SettingsCode.FROM_DOMAIN, address + " " + what));
        });
        var known = domains(office);
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

    /// Whether a word has Latin letters and others that imitate them (UTS 39 §5.1).
    private static boolean isMixed(String text) {
        return Stream.of(text.split("[ .-]+")).anyMatch(word -> {
            var scripts = word.codePoints().mapToObj(Character.UnicodeScript::of).collect(Collectors.toSet());
            scripts.retainAll(ALIKE);
            return scripts.size() > 1;
        });
    }

    /// Under the rules of before, a claim for `faß.de` went to `fass.de`. It can't be distinguished from a claim that means
    /// `fass.de`, so it stays; what is missing is reported.
    private void lookForOldName(Path file, OfficeId office, Address address) {
        var now = address.asciiDomain();
        DomainName.byOldRules(address.domain())
                .filter(old -> domains.hasKeys(old) && !domains.hasKeys(now))
                .ifPresent(old -> problems.warn(
                        file,
                        0,
                        "from",
                        SettingsCode.FROM_DOMAIN,
                        address.domain() + " is " + now + ", which isn't added; there are keys for " + old
                                + ", which earlier versions took it for: facteur domain add " + now + " --office " + office
                                + ", and remove the other unless it is yours"));
    }

    private static Set<Address> officeAddresses(OfficeSettings office) {
        return Stream.concat(
                office.from().stream(),
                office.contexts().values().stream().flatMap(context -> context.from().stream()))
                .map(OfficeFrom::address)
                .collect(Collectors.toSet());
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
