package facteur.console;

import facteur.web.Form;
import java.util.List;
import java.util.Optional;

/// How far a move of letters is, and what came of it. Immutable.
///
/// @param id empty for one that isn't known any more
/// @param title what is done
/// @param isRunning whether it goes on
/// @param done how many letters were looked at
/// @param total how many there are
/// @param results how many became what, a sentence each
/// @param notes why letters don't leave although they are due
/// @param isUndoable whether there is a button to take it back
/// @param search filters of the page around it
/// @param look address of that page
/// @param progress address of this alone
public record MoveModel(
        String id,
        String title,
        boolean isRunning,
        long done,
        long total,
        List<String> results,
        List<String> notes,
        Optional<String> trouble,
        boolean isUndoable,
        List<Form.Field> search,
        String look,
        String progress) {
    public MoveModel {
        search = List.copyOf(search);
        results = List.copyOf(results);
        notes = List.copyOf(notes);
    }
}
