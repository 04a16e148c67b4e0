package facteur.settings;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeFrom;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.office.Replies;
import facteur.platform.idna.DomainName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one office's settings say that is allowed and probably a mistake, wherever they are kept. Stateless.
public final class OddSettings {
    private static final Set<Character.UnicodeScript> ALIKE = Set.of(
            Character.UnicodeScript.LATIN,
            Character.UnicodeScript.CYRILLIC,
            Character.UnicodeScript.GREEK,
            Character.UnicodeScript.ARMENIAN,
            Character.UnicodeScript.CHEROKEE);

    /// Where the settings are written.
    public interface Place {
        /// @param key empty when they are meant as a whole
        void warn(String key, String code, String message);

        /// The same at a key in mappings.
        ///
        /// @param path of keys, the outermost first
        default void warn(List<String> path, String code, String message) {
            warn(String.join(".", path), code, message);
        }

        /// The same at the key that names the address as From.
        default void warnOfFrom(Address address, String code, String message) {
            warn("from", code, message);
        }
    }

    private OddSettings() {}

    /// Addresses of the office as such; those of its people are not among them.
    public static List<Mailbox> ownMailboxes(OfficeSettings office) {
        var from = office.from().map(own -> Mailbox.of(own.address())).stream();
        return Stream.concat(Stream.of(office.company()), from).distinct().toList();
    }

    /// Warns of names in which letters of one script pass for those of another, of domains that the office can't write under
    /// or that were added when they had another name, of contexts that no letter can name, of replies that go to strangers, and of
    /// what has no effect here.
    public static void look(OfficeSettings office, OfficeDomains domains, Place place) {
        Stream.concat(
                Stream.of(office.company().name()),
                ownMailboxes(office).stream().map(mailbox -> mailbox.address().domain()))
                .filter(OddSettings::isMixed)
                .forEach(text -> place.warn("", SettingsCode.NAME_STRANGE, "'" + text + "' mixes scripts; some letters may be look-alikes"));
        fromAddresses(office).forEach(address -> {
            lookForOldName(office, address, domains, place);
            domains.trouble(office.id(), address)
                    .ifPresent(what -> place.warnOfFrom(address, SettingsCode.FROM_DOMAIN, address + " " + what));
        });
        office.contexts().keySet().stream()
                .map(ContextName::text)
                .sorted()
                .forEach(name -> Sendable.trouble(name).ifPresent(
                        why -> place.warn("contexts", SettingsCode.KIND_UNSENDABLE, "'" + name + "' can't be sent by every app: " + why)));
        lookForStrangers(office, place);
        lookForNoEffect(office, domains, place);
    }

    private static void lookForNoEffect(OfficeSettings office, OfficeDomains domains, Place place) {
        if (!office.returns().equals(OfficeReturns.STANDARD) && !domains.hasReturns()) {
            place.warn(List.of("returns"), SettingsCode.RETURNS_OFF, "has no effect: the relay's configuration has no section 'returns'");
        }
        if (domains.hasReplies()) {
            return;
        }
        var late = "'late' has no effect: the relay's configuration has no domain for replies (returns.replies)";
        if (office.replies() == Replies.LATE) {
            place.warn(List.of("replies"), SettingsCode.REPLIES_OFF, late);
        }
        office.contexts().entrySet().stream()
                .filter(context -> context.getValue().replies().filter(Replies.LATE::equals).isPresent())
                .map(context -> context.getKey().text())
                .sorted()
                .forEach(context -> place.warn(List.of("contexts", context, "replies"), SettingsCode.REPLIES_OFF, late));
    }

    /// Replies that leave the office may be meant to. They may also be a mistyped domain, or a thief's.
    private static void lookForStrangers(OfficeSettings office, Place place) {
        var known = domains(office);
        office.contexts().values().stream()
                .map(ContextSettings::replyTo)
                .flatMap(replyTo -> replyTo instanceof ContextReplyTo.ToCompanyOr(var address) ? address.stream() : Stream.<Mailbox>of())
                .map(Mailbox::address)
                .filter(address -> !known.contains(address.asciiDomain()))
                .map(Address::toString)
                .distinct()
                .sorted()
                .forEach(address -> place.warn(
                        "contexts",
                        SettingsCode.ADDRESS_STRANGER,
                        "replies go to " + address + ", which is at none of the office's domains"));
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
    private static void lookForOldName(OfficeSettings office, Address address, OfficeDomains domains, Place place) {
        var now = address.asciiDomain();
        DomainName.byOldRules(address.domain())
                .filter(old -> domains.hasKeys(old) && !domains.hasKeys(now))
                .ifPresent(old -> place.warn(
                        "from",
                        SettingsCode.FROM_DOMAIN,
                        address.domain() + " is " + now + ", which isn't added; there are keys for " + old
                                + ", which earlier versions took it for: facteur domain add " + now + " --office " + office.id()
                                + ", and remove the other unless it is yours"));
    }

    /// All that letters may leave under.
    public static Set<Address> fromAddresses(OfficeSettings office) {
        return Stream.concat(
                office.from().stream(),
                office.contexts().values().stream().flatMap(context -> context.from().stream()))
                .map(OfficeFrom::address)
                .collect(Collectors.toSet());
    }

    /// Of the office and its people.
    static Set<String> domains(OfficeSettings office) {
        var domains = new HashSet<String>();
        ownMailboxes(office).forEach(mailbox -> domains.add(mailbox.address().asciiDomain()));
        fromAddresses(office).forEach(address -> domains.add(address.asciiDomain()));
        office.users().forEach(user -> domains.add(user.address().asciiDomain()));
        return domains;
    }
}
