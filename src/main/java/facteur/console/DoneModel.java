package facteur.console;

import java.util.List;

/// What a page says that was done, and how it is taken back. Immutable.
///
/// @param undo where the form is sent that takes it back
/// @param versions to be taken back, the newest first; none when that can't be
public record DoneModel(String text, String undo, List<Long> versions) {
    public DoneModel {
        versions = List.copyOf(versions);
    }

    static DoneModel of(String text) {
        return new DoneModel(text, "", List.of());
    }
}
