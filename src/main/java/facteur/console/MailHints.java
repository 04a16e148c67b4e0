package facteur.console;

import facteur.mail.letter.Provenance;
import facteur.office.ContextName;
import facteur.office.OfficeId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.spool.OfficeLog;
import facteur.spool.PastLetter;
import facteur.spool.SpoolException;
import facteur.store.CardPerson;
import facteur.store.CardStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is counted for the page of mail settings. It takes longer than the rest of the page, so it is kept for a while: that of cards until
/// they change. Thread-safe.
final class MailHints {
    /// Letters older than that are no reason to set their kind.
    private static final Duration DAYS = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofMillis(100);
    private static final int MOST_LETTERS = 20_000;
    private static final int MOST_NAMES = 20;
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST_KEPT = 500;

    /// @param empty on how many each role is
    /// @param people who stand on them
    record Cards(long version, Instant at, long count, Map<Role, Long> empty, List<CardPerson> people) {
        Cards {
            empty = Map.copyOf(empty);
            people = List.copyOf(people);
        }

        static final Cards NONE = new Cards(0, Instant.EPOCH, 0, Map.of(), List.of());
    }

    /// @param kinds how many letters each had, the most frequent first
    /// @param relations of the latest letters
    /// @param senders of the latest letters
    record Letters(Instant at, SequencedMap<String, Integer> kinds, List<String> relations, List<String> senders) {}

    private final CardStore store;
    private final OfficeLog log;
    private final InstantSource time;
    private final Map<OfficeId, Cards> cards = new ConcurrentHashMap<>();
    private final Map<OfficeId, Letters> letters = new ConcurrentHashMap<>();

    MailHints(CardStore store, OfficeLog log, InstantSource time) {
        this.store = store;
        this.log = log;
        this.time = time;
    }

    /// @param version of the last change of the office, of whichever kind
    Cards cards(OfficeId office, long version, Roles roles) throws SQLException {
        var kept = cards.get(office);
        if (kept != null && kept.version() == version && isFresh(kept.at()) && kept.empty().keySet().equals(Set.copyOf(roles.list()))) {
            return kept;
        }
        var empty = new HashMap<Role, Long>();
        for (var role : roles.list()) {
            empty.put(role, store.countEmpty(office, role));
        }
        var counted = new Cards(version, time.instant(), store.count(office), empty, store.people(office));
        keep(cards, office, counted);
        return counted;
    }

    Letters letters(OfficeId office) throws SpoolException {
        var kept = letters.get(office);
        if (kept != null && isFresh(kept.at())) {
            return kept;
        }
        var now = time.instant();
        var since = now.minus(DAYS);
        var tally = new Tally(since);
        var _ = log.past(new Provenance.Office(office.text()), Optional.of(since), MOST_LETTERS, now.plus(LONGEST), tally::add);
        var counted = tally.result(now);
        keep(letters, office, counted);
        return counted;
    }

    private boolean isFresh(Instant at) {
        return time.instant().isBefore(at.plus(KEPT));
    }

    private static <T> void keep(Map<OfficeId, T> kept, OfficeId office, T counted) {
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(office, counted);
    }

    private static final class Tally {
        private final Instant since;
        private final Map<String, Integer> kinds = new HashMap<>();
        private final Set<String> relations = new LinkedHashSet<>();
        private final Set<String> senders = new LinkedHashSet<>();

        Tally(Instant since) {
            this.since = since;
        }

        void add(List<PastLetter> some) {
            some.stream().filter(letter -> !letter.acceptedAt().isBefore(since)).forEach(this::add);
        }

        private void add(PastLetter letter) {
            var kind = letter.context().text();
            if (!kind.isEmpty() && !kind.equals(ContextName.UNREADABLE.text())) {
                kinds.merge(ContextName.of(kind).text(), 1, Integer::sum);
            }
            addName(relations, letter.relation().text());
            addName(senders, letter.sender().text());
        }

        private static void addName(Set<String> names, String name) {
            if (!name.isEmpty() && names.size() < MOST_NAMES) {
                names.add(name);
            }
        }

        Letters result(Instant at) {
            var sorted = new LinkedHashMap<String, Integer>();
            kinds.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_NAMES)
                    .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            return new Letters(at, sorted, new ArrayList<>(relations), new ArrayList<>(senders));
        }
    }
}
