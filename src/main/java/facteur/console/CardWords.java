package facteur.console;

import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.json.JsonValue;
import facteur.store.CardChange;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What is different on a client's card. Immutable.
record CardWords(Texts texts, Roles roles) {
    private static final String NAME = "name";

    List<String> what(CardChange change) {
        if (change.before().isEmpty()) {
            return prefixed("history.card.added", change.after().map(SettingsJson::members).orElse(JsonValue.Members.NONE));
        }
        if (change.after().isEmpty()) {
            return prefixed("history.card.removed", change.before().map(SettingsJson::members).orElse(JsonValue.Members.NONE));
        }
        return between(SettingsJson.members(change.before().get()), SettingsJson.members(change.after().get()));
    }

    /// The client's name, which may have changed.
    static String name(CardChange change) {
        return change.after().or(change::before).map(card -> SettingsJson.text(SettingsJson.members(card), NAME)).orElse("");
    }

    private List<String> prefixed(String key, JsonValue.Members card) {
        var all = new ArrayList<String>();
        all.add(texts.of(key));
        for (var role : card.without(NAME).members().keySet()) {
            all.add(texts.of("history.card.has", label(role), people(card, role)));
        }
        return all;
    }

    private List<String> between(JsonValue.Members before, JsonValue.Members after) {
        var changes = new ArrayList<String>();
        var names = List.of(SettingsJson.text(before, NAME), SettingsJson.text(after, NAME));
        if (!names.getFirst().equals(names.getLast())) {
            changes.add(texts.of("history.was", texts.of("history.card.name"), orNone(names.getFirst()), orNone(names.getLast())));
        }
        var keys = new TreeSet<>(before.without(NAME).members().keySet());
        keys.addAll(after.without(NAME).members().keySet());
        for (var role : keys) {
            if (!people(before, role).equals(people(after, role))) {
                changes.add(texts.of("history.was", label(role), people(before, role), people(after, role)));
            }
        }
        return changes;
    }

    private String label(String role) {
        return Role.parse(role).map(known -> roles.label(known, texts.language())).orElse(role);
    }

    private String people(JsonValue.Members card, String role) {
        return orNone(String.join(", ", SettingsJson.texts(card, role)));
    }

    private String orNone(String text) {
        return text.isEmpty() ? texts.of("history.nobody") : text;
    }
}
