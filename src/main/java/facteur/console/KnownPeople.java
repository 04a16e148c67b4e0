package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.office.Lookup;
import facteur.office.OfficeSettings;
import facteur.store.CardPerson;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The people of an office: those its settings list, and those on its cards. Immutable.
///
/// @param listed who may be senders; empty = anybody
/// @param onCards by name; empty where cards can't be listed
/// @param listedKeys their mailboxes
/// @param byMailbox those on cards
record KnownPeople(List<Mailbox> listed, List<CardPerson> onCards, Set<String> listedKeys, Map<String, CardPerson> byMailbox) {
    static final int MOST_OFFERED = 1_000;

    KnownPeople(List<Mailbox> listed, List<CardPerson> onCards) {
        this(
                List.copyOf(listed),
                List.copyOf(onCards),
                listed.stream().map(KnownPeople::key).collect(Collectors.toUnmodifiableSet()),
                onCards.stream().collect(Collectors.toUnmodifiableMap(one -> key(one.mailbox()), one -> one, (first, _) -> first)));
    }

    private static String key(Mailbox person) {
        return person.address().mailboxKey();
    }

    /// Empty when the settings can't be read now.
    static Optional<KnownPeople> of(Visit visit, Services services) throws SQLException {
        if (!(visit.rules().settings().office(visit.office()) instanceof Lookup.Found<OfficeSettings>(var settings, _))) {
            return Optional.empty();
        }
        var onCards = visit.keptElsewhere().isEmpty() ? services.store().cards().people(visit.office()) : List.<CardPerson>of();
        return Optional.of(new KnownPeople(settings.users(), onCards));
    }

    /// Each once, those listed first.
    List<Mailbox> all() {
        var all = new LinkedHashMap<String, Mailbox>();
        listed.forEach(person -> all.putIfAbsent(key(person), person));
        onCards.forEach(person -> all.merge(
                key(person.mailbox()), person.mailbox(), (known, same) -> known.orNamed(same.name())));
        return List.copyOf(all.values());
    }

    /// The first of them, as a field offers them to one who types.
    List<String> offered() {
        return all().stream().limit(MOST_OFFERED).map(Mailbox::written).toList();
    }

    boolean isListed(Mailbox person) {
        return listedKeys.contains(key(person));
    }

    Optional<Mailbox> find(String address) {
        return Mailbox.parse(address).flatMap(wanted -> all().stream().filter(one -> one.address().isSameMailbox(wanted.address())).findFirst());
    }

    CardPerson onCards(Mailbox person) {
        return byMailbox.getOrDefault(key(person), new CardPerson(person, 0, Map.of()));
    }

    /// Who is meant by what was typed: an address with or without a name, or the name of one who is known, if one alone has it.
    ///
    /// @return empty when it is neither
    Optional<List<Mailbox>> meant(String typed) {
        if (typed.indexOf('@') >= 0) {
            return Mailbox.parseAddresses(typed);
        }
        var name = typed.strip();
        var named = all().stream().filter(person -> person.name().equalsIgnoreCase(name)).toList();
        return named.size() == 1 && !name.isEmpty() ? Optional.of(named) : Optional.empty();
    }
}
