package facteur.platform.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML text into its root [Section]. Stateless.
///
/// The text is only parsed and composed into nodes; nothing constructs objects from it, so no tag can name a class.
/// Size, depth, number of values and aliases are bounded ([Limits]): reading always ends soon, with a section or
/// with a problem.
final class YamlText {
    private static final int SMALLEST_BUFFER = 1024;

    private YamlText() {}

    /// The root section. An empty text is an empty mapping; so is one that can't be parsed, and then the problem is recorded
    /// and nothing more is said about keys that it would have held.
    static Section section(String text, Origin origin, Limits limits) {
        if (text.length() > limits.bytes()) {
            origin.unreadable(0, "is larger than " + new DataSize(limits.bytes()));
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
            origin.unreadable(line, message(failure));
        } catch (YamlEngineException failure) {
            origin.unreadable(parser.line(), String.valueOf(failure.getMessage()));
        } catch (IllegalArgumentException failure) {
            // The scanner's own, for an escape such as "\UFFFFFFFF".
            origin.unreadable(parser.line(), "is not YAML from here on: " + failure.getMessage());
        }
        return Section.broken(origin);
    }

    private static String message(MarkedYamlEngineException failure) {
        @Nullable
        String problem = failure.getProblem();
        if (problem == null) {
            return "is not YAML";
        }
        @Nullable
        String context = failure.getContext();
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
                origin.unreadable(line, "the character U+%04X is not allowed".formatted(point));
                return true;
            }
        }
        return false;
    }
}
