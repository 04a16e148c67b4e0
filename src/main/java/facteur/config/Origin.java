package facteur.config;

import java.nio.file.Path;

/// What all sections of one file share. As confined as its [Problems]: one thread.
///
/// @param file as it was named to us; for messages
/// @param folder where relative paths in the file start from; absolute
record Origin(Path file, Path folder, Problems problems, References references) {
    static Path folderOf(Path file) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    void problem(int line, String key, String message) {
        problems.add(file, line, key, message);
    }
}
