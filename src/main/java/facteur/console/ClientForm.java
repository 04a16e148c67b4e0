package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.office.RelationCard;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.json.JsonValue;
import facteur.web.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was typed into the form of a card. Immutable.
///
/// @param people as typed, by role
/// @param focus the id of the field to go on with; empty for none
record ClientForm(String relation, String name, Map<Role, List<String>> people, String note, long version, String focus) {
    private static final String PERSON = "person.";

    /// So many people a form may have in one role.
    private static final int MOST = 100;

    ClientForm {
        people = Map.copyOf(people);
    }

    static ClientForm of(Form form, Roles roles) {
        var people = new HashMap<Role, List<String>>();
        roles.list().forEach(role -> people.put(role, form.all(PERSON + role.name()).stream().map(String::strip).limit(MOST).toList()));
        var version = form.text("version");
        return new ClientForm(
                form.text("relation").strip(),
                form.text("name").strip(),
                people,
                form.text("note"),
                version.matches("\\d{1,18}") ? Long.parseLong(version) : 0,
                "");
    }

    /// What is saved.
    static ClientForm of(String relation, String name, Map<Role, List<Mailbox>> saved, Roles roles, long version) {
        var people = new HashMap<Role, List<String>>();
        roles.list().forEach(role -> people.put(role, saved.getOrDefault(role, List.of()).stream().map(Mailbox::written).toList()));
        return new ClientForm(relation, name, people, "", version, "");
    }

    /// With one more place in a role.
    ClientForm adding(String role) {
        return changing(role, typed -> {
            typed.add("");
            return typed.size() - 1;
        });
    }

    /// Without a place.
    ///
    /// @param place `partner.1`
    ClientForm removing(String place) {
        var dot = place.lastIndexOf('.');
        var digits = place.substring(dot + 1);
        if (dot <= 0 || !digits.matches("\\d{1,3}")) {
            return this;
        }
        return changing(place.substring(0, dot), typed -> {
            var index = Integer.parseInt(digits);
            if (index < typed.size()) {
                typed.remove(index);
            }
            return Math.max(0, Math.min(index, typed.size() - 1));
        });
    }

    private interface Change {
        /// @return which place is next
        int of(List<String> typed);
    }

    private ClientForm changing(String name, Change change) {
        var role = people.keySet().stream().filter(each -> each.name().equals(name)).findFirst();
        if (role.isEmpty()) {
            return this;
        }
        var typed = new ArrayList<>(people.getOrDefault(role.get(), List.of()));
        var next = change.of(typed);
        var changed = new HashMap<>(people);
        changed.put(role.get(), typed);
        return new ClientForm(relation, this.name, changed, note, version, id(role.get(), next));
    }

    /// As of a newer version of the card.
    ClientForm withVersion(long other) {
        return new ClientForm(relation, name, people, note, other, focus);
    }

    static String id(Role role, int index) {
        return "person-" + role.name() + "-" + index;
    }

    /// The card that it means.
    ///
    /// @param problems gets what is wrong with the people
    JsonValue card(Roles roles, KnownPeople known, Texts texts, List<FieldProblem> problems) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("name", JsonValue.of(name));
        for (var role : roles.list()) {
            var written = new ArrayList<String>();
            var seen = new HashSet<String>();
            var typed = people.getOrDefault(role, List.of());
            for (var i = 0; i < typed.size(); i++) {
                if (!typed.get(i).isEmpty()) {
                    add(written, seen, known.meant(typed.get(i)), new Typed(id(role, i), typed.get(i)), texts, problems);
                }
            }
            members.put(role.name(), JsonValue.ofTexts(written));
        }
        return new JsonValue.Members(members);
    }

    private record Typed(String field, String text) {}

    private static void add(
            List<String> written, HashSet<String> seen, Optional<List<Mailbox>> meant, Typed typed, Texts texts, List<FieldProblem> problems) {
        if (meant.isEmpty()) {
            problems.add(new FieldProblem(typed.field(), texts.of("error.address.invalid", typed.text())));
            return;
        }
        for (var person : meant.get()) {
            if (seen.add(person.address().mailboxKey())) {
                written.add(person.written());
            } else {
                problems.add(new FieldProblem(typed.field(), texts.of("error.person.twice", person.toString())));
            }
        }
    }

    /// @param problems of the form
    List<ClientModel.RoleField> fields(Roles roles, Texts texts, List<FieldProblem> problems) {
        return roles.list().stream().map(role -> {
            var typed = people.getOrDefault(role, List.of());
            var fields = new ArrayList<ClientModel.PersonField>();
            for (var i = 0; i < Math.max(1, typed.size()); i++) {
                var id = id(role, i);
                fields.add(new ClientModel.PersonField(
                        id,
                        i + 1,
                        i < typed.size() ? typed.get(i) : "",
                        id.equals(focus),
                        problems.stream().filter(problem -> problem.field().equals(id)).map(FieldProblem::message).findFirst()));
            }
            return new ClientModel.RoleField(
                    role.name(), roles.label(role, texts.language()), fields, typed.size() > RelationCard.PEOPLE_LIMIT);
        }).toList();
    }
}
