package facteur.console;

import java.util.List;
import java.util.Optional;

/// The people of an office: who may be a sender, and who stands on cards. Immutable.
///
/// @param base `/o/dupont/people`
/// @param elsewhere where settings are kept, when it isn't here
/// @param isListed whether only those listed may be senders
/// @param listed these
/// @param others who stand on cards, and are not listed; the first of them
/// @param othersInAll how many these are
/// @param onCards how many people stand on cards
/// @param name of a new one
/// @param address of a new one
public record PeopleModel(
        String base,
        boolean mayWrite,
        boolean mayReplace,
        Optional<String> elsewhere,
        Optional<DoneModel> done,
        List<FieldProblem> problems,
        boolean isListed,
        List<Row> listed,
        List<Row> others,
        int othersInAll,
        int onCards,
        TextField name,
        TextField address) {
    /// @param shown name, or address of one without
    /// @param cards on how many, as a link says it; empty when on none
    /// @param roles in which, with how many
    /// @param clients the list of these cards
    /// @param change the page to change them
    /// @param replace the page that puts another in their place
    public record Row(String shown, String name, String address, String cards, String roles, String clients, String change, String replace) {
        public boolean isOnCards() {
            return !cards.isEmpty();
        }
    }

    public PeopleModel {
        problems = List.copyOf(problems);
        listed = List.copyOf(listed);
        others = List.copyOf(others);
    }
}
