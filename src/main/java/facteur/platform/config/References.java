package facteur.platform.config;

import facteur.platform.config.TextFile.Content;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts `${env:NAME}`, `${file:PATH}` and `${credential:NAME}` in place of themselves; `$${` stands for a plain `${`. Immutable.
///
/// A credential is a file in the folder that systemd names in `CREDENTIALS_DIRECTORY` (systemd.exec(5), LoadCredential=).
///
/// What was put in is not looked at again. It is never part of a message: only the name of the variable or file is.
final class References {
    /// Most references in one value.
    static final int MOST = 16;

    private static final int LONGEST_FILE_BYTES = 64 * 1024;
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
    private static final Pattern REFERENCE = Pattern.compile(
            "(?<plain>\\$\\$\\{)|\\$\\{(?:env:(?<name>[^}]++)|file:(?<path>[^}]++)|credential:(?<credential>[^}]++))}|\\$\\{");

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

    /// Those that a text names as `${file:PATH}`, as far as they are paths.
    List<Path> files(String text) {
        if (environment == null || !text.contains("${file:")) {
            return List.of();
        }
        return REFERENCE.matcher(text)
                .results()
                .map(reference -> reference.group("path"))
                .filter(Objects::nonNull)
                .flatMap(path -> resolved(path).stream())
                .toList();
    }

    private Optional<Path> resolved(String path) {
        try {
            return Optional.of(folder.resolve(path));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
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
            return readFile(folder, path, "file " + path);
        }
        String credential = reference.group("credential");
        if (credential != null) {
            return readCredential(credential, variables.apply(CREDENTIALS));
        }
        return reference.group("plain") != null
                ? new Expansion.Text("${")
                : new Expansion.Failed("'${' must begin ${env:NAME}, ${file:PATH} or ${credential:NAME}; write $${ for a plain '${'");
    }

    /// The name of a credential is that of a file, never a way out of the folder.
    private static Expansion readCredential(String name, @Nullable String credentials) {
        if (name.contains("/") || name.equals(".") || name.equals("..")) {
            return new Expansion.Failed("'" + name + "' is not the name of a credential");
        }
        return credentials == null
                ? new Expansion.Failed("the credential " + name + ": " + CREDENTIALS + " is not set; systemd does for LoadCredential=")
                : readFile(Path.of(credentials), name, "credential " + name);
    }

    private static Expansion readFile(Path folder, String path, String what) {
        try {
            return switch (TextFile.read(folder.resolve(path), LONGEST_FILE_BYTES)) {
                case Content.Text(String text) -> new Expansion.Text(withoutLastLineEnd(text));
                case Content.Unreadable(_, String reason, _) -> new Expansion.Failed("the " + what + ": " + reason);
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
