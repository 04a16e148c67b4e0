package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One client's card. Immutable.
///
/// @param base `/o/dupont/clients`
/// @param relation the client's number; as typed for a new one
/// @param title the client's name as it is saved; the number of one without
/// @param isNew whether there is none yet
/// @param version that is changed; 0 for a new one
/// @param mayChange without it, the card is only read
/// @param known people to choose from, as they are typed
/// @param changed when it was changed last; empty for a new one
public record ClientModel(
        String base,
        String relation,
        String title,
        boolean isNew,
        long version,
        boolean mayChange,
        CardKeeper keeper,
        Optional<DoneModel> done,
        List<FieldProblem> problems,
        TextField number,
        TextField name,
        List<RoleField> roles,
        TextField note,
        List<String> known,
        Optional<Changed> changed,
        Optional<Conflict> conflict) {
    /// @param label what people call the role
    /// @param hasMore whether more stand there than replies go to
    public record RoleField(String role, String label, List<PersonField> people, boolean hasMore) {
        public RoleField {
            people = List.copyOf(people);
        }

        public boolean isEmpty() {
            return people.stream().allMatch(person -> person.value().isEmpty());
        }
    }

    /// @param number counted from 1
    /// @param hasFocus whether to go on here
    public record PersonField(String id, int number, String value, boolean hasFocus, Optional<String> problem) {}

    /// @param href of the version in the history
    public record Changed(Instant at, long version, String href) {}

    /// Another has changed the card meanwhile.
    ///
    /// @param theirs what is saved now, line by line
    public record Conflict(List<String> theirs) {
        public Conflict {
            theirs = List.copyOf(theirs);
        }
    }

    public ClientModel {
        problems = List.copyOf(problems);
        roles = List.copyOf(roles);
        known = List.copyOf(known);
    }

    /// This page as it is saved.
    public String self() {
        return isNew ? base : new Href(base + "/card").with("relation", relation).text();
    }

    public String deletion() {
        return new Href(base + "/delete").with("relation", relation).text();
    }
}
