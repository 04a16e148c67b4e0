package facteur.platform.config;

import facteur.platform.config.TextFile.Content;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a YAML file into its root [Section].
public final class ConfigFile {
    private ConfigFile() {}

    /// The root section of a file. An empty file is an empty mapping; so is one that can't be read or parsed, and then
    /// the problem is recorded and nothing more is said about keys that it would have held.
    ///
    /// @param environment the variables that `${env:NAME}` may name; null for one that is not set
    public static Section read(
            Path file, Problems problems, Function<String, @Nullable String> environment) {
        return read(file, problems, environment, Limits.STANDARD);
    }

    static Section read(
            Path file, Problems problems, Function<String, @Nullable String> environment, Limits limits) {
        References references = References.of(Origin.folderOf(file), environment);
        Origin origin = Origin.of(file, problems, references, Blanks.A_TEXT);
        return switch (TextFile.read(file, limits.bytes())) {
            case Content.Text(String text) -> YamlText.section(text, origin, limits);
            case Content.Unreadable(int line, String reason, _) -> {
                origin.unreadable(line, reason);
                yield Section.broken(origin);
            }
        };
    }

    /// The root section of a file whose text was read already. It is not trusted to name our variables and files: `${…}`
    /// stays as it is written.
    ///
    /// @param file what messages call it; its folder is where relative paths start from
    public static Section parse(String text, Path file, Problems problems) {
        return parse(text, file, problems, Blanks.A_TEXT);
    }

    /// As [#parse(String, Path, Problems)], of a file that a program may have written: a blank text, `null` and an empty list
    /// count as not set, under a key and in a list.
    public static Section parseGenerated(String text, Path file, Problems problems) {
        return parse(text, file, problems, Blanks.NOTHING);
    }

    private static Section parse(String text, Path file, Problems problems, Blanks blanks) {
        return YamlText.section(text, Origin.of(file, problems, References.none(), blanks), Limits.STANDARD);
    }
}
