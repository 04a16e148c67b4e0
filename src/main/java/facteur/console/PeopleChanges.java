package facteur.console;

import facteur.mail.message.Mailbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is different in two lists of people. Immutable.
record PeopleChanges(Texts texts, List<String> before, List<String> after) {
    private static final List<String> PATH = List.of("users");
    private static final int MOST = 10;

    List<Change> list() {
        if (byAddress(before).equals(byAddress(after))) {
            return List.of();
        }
        if (before.isEmpty()) {
            return List.of(new Change(PATH, subject(), anyone(), listed(after), texts.of("history.people.listed", after.size(), listed(after))));
        }
        if (after.isEmpty()) {
            return List.of(new Change(PATH, subject(), listed(before), anyone(), texts.of("history.people.anyone")));
        }
        var changes = each();
        return changes.size() <= MOST
                ? changes
                : List.of(new Change(
                        PATH, subject(), listed(before), listed(after),
                        texts.of("history.people.many", changes.size(), before.size(), after.size())));
    }

    private List<Change> each() {
        var old = byAddress(before);
        var young = byAddress(after);
        var changes = new ArrayList<Change>();
        young.forEach((address, person) -> {
            var was = old.get(address);
            if (was == null) {
                changes.add(new Change(PATH, subject(), none(), person, texts.of("history.people.added", person)));
            } else if (!was.equals(person)) {
                changes.add(new Change(PATH, subject(), was, person, texts.of("history.people.renamed", was, person)));
            }
        });
        old.forEach((address, person) -> {
            if (!young.containsKey(address)) {
                changes.add(new Change(PATH, subject(), person, none(), texts.of("history.people.removed", person)));
            }
        });
        return changes;
    }

    private static Map<String, String> byAddress(List<String> people) {
        var byAddress = new LinkedHashMap<String, String>();
        people.forEach(person -> Mailbox.parse(person)
                .ifPresentOrElse(mailbox -> byAddress.put(mailbox.address().mailboxKey(), mailbox.toString()), () -> byAddress.put(person, person)));
        return byAddress;
    }

    private String listed(List<String> people) {
        var shown = String.join(", ", byAddress(people.stream().limit(MOST).toList()).values());
        return people.size() > MOST ? texts.of("history.people.more", shown, people.size() - MOST) : shown;
    }

    private String subject() {
        return texts.of("history.people");
    }

    private String anyone() {
        return texts.of("history.people.any");
    }

    private String none() {
        return texts.of("history.none");
    }
}
