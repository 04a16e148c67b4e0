package facteur.platform.config;

import java.nio.file.Path;

/// A file or folder that a value names: a path, or `${file:PATH}`. Immutable.
///
/// @param path absolute
/// @param line where it is named
/// @param key the full key that names it
public record NamedFile(Path path, int line, String key) {}
