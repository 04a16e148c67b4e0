package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.office.Role;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a card says, in the one form in which it is stored, so that two cards say the same exactly when their texts are equal.
/// Immutable.
///
/// @param name the client's; empty when it isn't known
/// @param people JSON: role, in alphabetical order, to mailboxes; roles that name people alone
record CardText(String name, String people) {
    static final CardText EMPTY = new CardText("", "{}");

    private static final String NAME = "name";

    /// @param people by role, as written; empty roles are left out
    static CardText of(String name, Map<String, List<String>> people) {
        var json = new StringBuilder();
        new TreeMap<>(people).forEach((role, mailboxes) -> {
            if (!mailboxes.isEmpty()) {
                json.append(json.isEmpty() ? '{' : ',').append(JsonValue.of(role)).append(':').append(JsonValue.ofTexts(mailboxes));
            }
        });
        return json.isEmpty() ? new CardText(name, EMPTY.people) : new CardText(name, json.append('}').toString());
    }

    /// The mailboxes of each role, also of one that is no longer listed.
    SortedMap<String, List<String>> roles() {
        var roles = new TreeMap<String, List<String>>();
        members(people).members().forEach((role, mailboxes) -> roles.put(role, texts(mailboxes)));
        return roles;
    }

    /// The same, read.
    Map<Role, List<Mailbox>> mailboxes() {
        var mailboxes = new LinkedHashMap<Role, List<Mailbox>>();
        roles().forEach((name, texts) -> Role.parse(name)
                .ifPresent(role -> mailboxes.put(role, texts.stream().flatMap(text -> Mailbox.parse(text).stream()).toList())));
        return mailboxes;
    }

    /// The whole card as one object, for the history.
    String json() {
        if (name.isEmpty()) {
            return people;
        }
        var start = "{\"" + NAME + "\":" + JsonValue.of(name);
        return people.equals(EMPTY.people) ? start + "}" : start + "," + people.substring(1);
    }

    /// @param json of [#json]
    static CardText parse(String json) {
        var card = members(json);
        var name = card.member(NAME).map(value -> value instanceof JsonValue.Text(var text) ? text : "").orElse("");
        return new CardText(name, card.without(NAME).toString());
    }

    private static JsonValue.Members members(String json) {
        try {
            if (JsonReader.read(json) instanceof JsonValue.Members members) {
                return members;
            }
        } catch (JsonException e) {
            throw new IllegalStateException("the database has a card that is no JSON", e);
        }
        throw new IllegalStateException("the database has a card that is no JSON object");
    }

    private static List<String> texts(JsonValue mailboxes) {
        var texts = new ArrayList<String>();
        if (mailboxes instanceof JsonValue.Array(var elements)) {
            for (var element : elements) {
                if (element instanceof JsonValue.Text(var text)) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }
}
