package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.platform.json.JsonValue;
import facteur.store.Author;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.SettingsStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Changes the list of people in an office's settings, and nothing else of them. Thread-safe.
record ListedPeople(SettingsStore settings) {
    private static final String USERS = "users";
    private static final int MOST_ATTEMPTS = 3;

    /// What is to become of the list; has no effect of its own: it may be asked again.
    private interface Change {
        List<String> of(List<String> people);
    }

    ChangeResult add(OfficeId office, Mailbox person, Author author) throws SQLException {
        return change(office, people -> with(people, person), author);
    }

    /// Makes a list of many; of those that are there already, none is added.
    ChangeResult addAll(OfficeId office, List<Mailbox> people, Author author) throws SQLException {
        return change(office, present -> {
            var all = new ArrayList<>(present);
            people.stream().filter(person -> all.stream().noneMatch(other -> is(other, person.address())))
                    .forEach(person -> all.add(person.written()));
            return all;
        }, author);
    }

    private static List<String> with(List<String> people, Mailbox person) {
        var more = new ArrayList<>(people);
        more.add(person.written());
        return more;
    }

    ChangeResult replace(OfficeId office, Address was, Mailbox person, Author author) throws SQLException {
        return change(office, people -> people.stream().map(text -> is(text, was) ? person.written() : text).distinct().toList(), author);
    }

    ChangeResult remove(OfficeId office, Address person, Author author) throws SQLException {
        return change(office, people -> people.stream().filter(text -> !is(text, person)).toList(), author);
    }

    ChangeResult clear(OfficeId office, Author author) throws SQLException {
        return change(office, _ -> List.of(), author);
    }

    private static boolean is(String text, Address address) {
        return Mailbox.parse(text).filter(person -> person.address().isSameMailbox(address)).isPresent();
    }

    /// On what the list is by then: another's change of it stays.
    private ChangeResult change(OfficeId office, Change change, Author author) throws SQLException {
        for (var attempt = 1;; attempt++) {
            var present = settings.office(office);
            if (present.isEmpty()) {
                return new ChangeResult.Missing();
            }
            var people = change.of(texts(present.get().settings()));
            var patch = new LinkedHashMap<String, JsonValue>();
            patch.put(USERS, people.isEmpty() ? JsonValue.NULL : JsonValue.ofTexts(people));
            var precondition = new Precondition.AtVersion(present.get().settingsAt());
            var result = settings.patch(office, new JsonValue.Members(patch), precondition, author);
            if (!(result instanceof ChangeResult.Stale) || attempt >= MOST_ATTEMPTS) {
                return result;
            }
        }
    }

    /// As they are written: a text alone is a list of one.
    private static List<String> texts(JsonValue settings) {
        var users = settings instanceof JsonValue.Members members ? members.member(USERS) : Optional.<JsonValue>empty();
        if (users.isEmpty()) {
            return List.of();
        }
        return switch (users.get()) {
            case JsonValue.Text(var text) -> List.of(text);
            case JsonValue.Array(var elements) -> elements.stream()
                    .flatMap(element -> element instanceof JsonValue.Text(var text) ? Stream.of(text) : Stream.<String>empty())
                    .toList();
            case JsonValue.Null _, JsonValue.Number _, JsonValue.Bool _, JsonValue.Members _ -> List.of();
        };
    }
}
