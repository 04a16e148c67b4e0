package facteur.console;

import java.util.List;

/// A person of the list who is changed. Immutable.
///
/// @param was their address so far
/// @param cards on how many they stand, in words; empty when on none, or when these can't be changed here
public record PersonModel(String base, String was, String shown, List<FieldProblem> problems, TextField name, TextField address, String cards,
        boolean isOnCardsToo) {
    public PersonModel {
        problems = List.copyOf(problems);
    }
}
