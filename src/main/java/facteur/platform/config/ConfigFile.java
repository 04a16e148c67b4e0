package facteur.platform.config;

import facteur.platform.config.TextFile.Content;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML text into its root [Section].
///
/// The text is only parsed and composed into nodes; nothing constructs objects from it, so no tag can name a class.
/// Size, depth, number of values and aliases are bounded ([Limits]): whatever the bytes, reading ends soon, with a
/// section or with a problem.
public final class ConfigFile {
    private static final int SMALLEST_BUFFER = 1024;

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
        Path folder = Origin.folderOf(file);
        Origin origin = new Origin(file, folder, problems, References.of(folder, environment), Blanks.A_TEXT);
        return switch (TextFile.read(file, limits.bytes())) {
            case Content.Text(String text) -> parse(text, origin, limits);
            case Content.Unreadable(int line, String reason, _) -> {
                origin.problem(line, "", reason);
                yield Section.broken(origin);
            }
        };
    }

    /// The root section of text that came from elsewhere (JSON is YAML, too). It is not trusted to name our variables
    /// and files: `${…}` stays as it is written.
    ///
    /// @param name what messages call the text; its folder is where relative paths start from
    public static Section parse(String text, Path name, Problems problems) {
        return parse(text, name, problems, Blanks.A_TEXT);
    }

    /// As [#parse(String, Path, Problems)], of text that a program may have written: a blank text, `null` and an empty list
    /// count as not set, under a key and in a list.
    public static Section parseGenerated(String text, Path name, Problems problems) {
        return parse(text, name, problems, Blanks.NOTHING);
    }

    private static Section parse(String text, Path name, Problems problems, Blanks blanks) {
        Origin origin = new Origin(name, Origin.folderOf(name), problems, References.none(), blanks);
        return parse(text, origin, Limits.STANDARD);
    }

    private static Section parse(String text, Origin origin, Limits limits) {
        if (text.length() > limits.bytes()) {
            origin.problem(0, "", "is larger than " + new DataSize(limits.bytes()));
            return Section.broken(origin);
        }
        if (reportUnprintable(text, origin)) {
            return Section.broken(origin);
        }
        // One buffer for the whole text: with smaller ones the reader copies the rest of a long value each time it
        // fetches more, and takes minutes for a value of some megabytes.
        LoadSettings settings = LoadSettings.builder()
                .setBufferSize(Math.max(SMALLEST_BUFFER, text.length()))
                .setCodePointLimit(Integer.MAX_VALUE)
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(limits.aliases())
                .build();
        BoundedParser parser =
                new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)), limits, origin);
        try {
            Optional<Node> root = new Composer(settings, parser).getSingleNode();
            return root.map(node -> Section.root(origin, node)).orElseGet(() -> Section.empty(origin));
        } catch (MarkedYamlEngineException failure) {
            int line = failure.getProblemMark()
                    .or(failure::getContextMark)
                    .map(BoundedParser::line)
                    .orElse(parser.line());
            origin.problem(line, "", message(failure));
        } catch (YamlEngineException failure) {
            origin.problem(parser.line(), "", String.valueOf(failure.getMessage()));
        } catch (IllegalArgumentException failure) {
            // The scanner's own, for an escape such as "\UFFFFFFFF".
            origin.problem(parser.line(), "", "is not YAML from here on: " + failure.getMessage());
        }
        return Section.broken(origin);
    }

    private static String message(MarkedYamlEngineException failure) {
        @Nullable String problem = failure.getProblem();
        if (problem == null) {
            return "is not YAML";
        }
        @Nullable String context = failure.getContext();
        String begun = failure.getContextMark()
                .map(mark -> " from line " + BoundedParser.line(mark))
                .orElse("");
        if (context != null && context.endsWith("quoted scalar") && problem.endsWith("end of stream")) {
            return "a quote" + begun + " is not closed";
        }
        return context == null ? problem : context + begun + ", " + problem;
    }

    private static boolean reportUnprintable(String text, Origin origin) {
        int line = 1;
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            int point = text.codePointAt(at);
            if (point == '\n') {
                line++;
            } else if (!StreamReader.isPrintable(point)) {
                origin.problem(line, "", "the character U+%04X is not allowed".formatted(point));
                return true;
            }
        }
        return false;
    }
}
