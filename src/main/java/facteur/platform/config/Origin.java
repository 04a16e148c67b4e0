package facteur.platform.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// What all sections of one text share. As confined as its [Problems]: one thread.
///
/// @param name what messages call the text: the file as it was named to us, or where else the text came from
/// @param file as it was named to us; empty for a text from elsewhere
/// @param named gets the files that values name, as they are read
record Origin(
        String name, Optional<Path> file, Problems problems, References references, Blanks blanks, Set<NamedFile> named) {
    static Origin of(Path file, Problems problems, References references, Blanks blanks) {
        return new Origin(file.toString(), Optional.of(file), problems, references, blanks, new LinkedHashSet<>());
    }

    /// Of a text that a program wrote.
    static Origin of(String name, Problems problems) {
        return new Origin(name, Optional.empty(), problems, References.none(), Blanks.NOTHING, new LinkedHashSet<>());
    }

    void names(Path path, Entry entry) {
        named.add(new NamedFile(path, entry.line(), entry.path()));
    }

    /// Where relative paths in the text start from; absolute.
    Path folder() {
        return file.map(Origin::folderOf).orElseGet(() -> Path.of("").toAbsolutePath());
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

    void unreadable(int line, String message) {
        problem(line, "", ProblemCode.TEXT_UNREADABLE, message);
    }

    void problem(int line, String key, String code, String message) {
        problem(line, key, code, message, Optional.empty());
    }

    void problem(int line, String key, String code, String message, Optional<String> nearest) {
        problems.add(new Problem(name, line, key, code, message, nearest));
    }

    void warning(int line, String key, String code, String message) {
        problems.warn(new Problem(name, line, key, code, message));
    }
}
