package facteur.config;

import java.nio.file.Path;

/// What all sections of one file share. As confined as its [Problems]: one thread.
///
/// @param file as it was named to us; for messages
/// @param folder where relative paths in the file start from; absolute
record Origin(Path file, Path folder, Problems problems, References references, Blanks blanks) {
    static Path folderOf(Path file) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    /// Whether there is a value.
    boolean isSet(Entry entry) {
        return entry.isSet() && !isPassedOver(entry);
    }

    /// Whether it says nothing, in a list as under a key.
    boolean isPassedOver(Entry entry) {
        return switch (blanks) {
            case A_TEXT -> false;
            case NOTHING -> entry.isBlank() || !entry.isSet();
        };
    }

    void problem(int line, String key, String message) {
        problems.add(file, line, key, message);
    }
}
