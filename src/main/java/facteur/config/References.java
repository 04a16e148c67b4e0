package facteur.config;

import facteur.config.TextFile.Content;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts `${env:NAME}` and `${file:PATH}` in place of themselves; `$${` stands for a plain `${`. Immutable.
///
/// What was put in is not looked at again. It is never part of a message: only the name of the variable or file is.
final class References {
    /// Most references in one value.
    static final int MOST = 16;

    private static final int LONGEST_FILE_BYTES = 64 * 1024;
    private static final Pattern REFERENCE =
            Pattern.compile("(?<plain>\\$\\$\\{)|\\$\\{(?:env:(?<name>[^}]++)|file:(?<path>[^}]++))}|\\$\\{");

    private final Path folder;
    private final @Nullable Function<String, @Nullable String> environment;

    private References(Path folder, @Nullable Function<String, @Nullable String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /// @param folder where the paths start from
    static References of(Path folder, Function<String, @Nullable String> environment) {
        return new References(folder, environment);
    }

    /// Leaves every text as it is.
    static References none() {
        return new References(Path.of(""), null);
    }

    sealed interface Expansion {
        record Text(String text) implements Expansion {}

        record Failed(String reason) implements Expansion {}
    }

    Expansion expand(String text) {
        if (environment == null) {
            return new Expansion.Text(text);
        }
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        int end = 0;
        for (int count = 1; reference.find(); count++) {
            if (count > MOST) {
                return new Expansion.Failed("more than " + MOST + " references in one value");
            }
            expanded.append(text, end, reference.start());
            end = reference.end();
            switch (resolve(reference, environment)) {
                case Expansion.Text(String part) -> expanded.append(part);
                case Expansion.Failed failed -> {
                    return failed;
                }
            }
        }
        return new Expansion.Text(expanded.append(text, end, text.length()).toString());
    }

    private Expansion resolve(Matcher reference, Function<String, @Nullable String> variables) {
        String name = reference.group("name");
        if (name != null) {
            String value = variables.apply(name);
            return value == null
                    ? new Expansion.Failed("the environment variable " + name + " is not set")
                    : new Expansion.Text(value);
        }
        String path = reference.group("path");
        if (path != null) {
            return readFile(path);
        }
        return reference.group("plain") != null
                ? new Expansion.Text("${")
                : new Expansion.Failed("'${' must begin ${env:NAME} or ${file:PATH}; write $${ for a plain '${'");
    }

    private Expansion readFile(String path) {
        try {
            return switch (TextFile.read(folder.resolve(path), LONGEST_FILE_BYTES)) {
                case Content.Text(String text) -> new Expansion.Text(withoutLastLineEnd(text));
                case Content.Unreadable(int _, String reason) ->
                    new Expansion.Failed("the file " + path + ": " + reason);
            };
        } catch (InvalidPathException _) {
            return new Expansion.Failed("'" + path + "' is not a path");
        }
    }

    private static String withoutLastLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
