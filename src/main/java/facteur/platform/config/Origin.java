package facteur.platform.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/// What all sections of one file share. As confined as its [Problems]: one thread.
///
/// @param file as it was named to us; for messages
/// @param folder where relative paths in the file start from; absolute
/// @param named gets the files that values name, as they are read
record Origin(Path file, Path folder, Problems problems, References references, Blanks blanks, Set<NamedFile> named) {
    Origin(Path file, Path folder, Problems problems, References references, Blanks blanks) {
        this(file, folder, problems, references, blanks, new LinkedHashSet<>());
    }

    void names(Path path, Entry entry) {
        named.add(new NamedFile(path, entry.line(), entry.path()));
    }

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
