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

/// The people of an office: those its settings list, and those on its cards. Immutable.
///
/// @param listed who may be senders; empty = anybody
/// @param onCards by name; empty where cards can't be listed
record KnownPeople(List<Mailbox> listed, List<CardPerson> onCards) {
    KnownPeople {
        listed = List.copyOf(listed);
        onCards = List.copyOf(onCards);
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
        listed.forEach(person -> all.putIfAbsent(person.address().mailboxKey(), person));
        onCards.forEach(person -> all.merge(
                person.mailbox().address().mailboxKey(), person.mailbox(), (known, same) -> known.orNamed(same.name())));
        return List.copyOf(all.values());
    }

    boolean isListed(Mailbox person) {
        return listed.stream().anyMatch(other -> other.address().isSameMailbox(person.address()));
    }

    Optional<Mailbox> find(String address) {
        return Mailbox.parse(address).flatMap(wanted -> all().stream().filter(one -> one.address().isSameMailbox(wanted.address())).findFirst());
    }

    CardPerson onCards(Mailbox person) {
        return onCards.stream()
                .filter(other -> other.mailbox().address().isSameMailbox(person.address()))
                .findFirst()
                .orElse(new CardPerson(person, 0, Map.of()));
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
