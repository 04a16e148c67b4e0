package facteur.notice;

import java.util.ArrayList;
import java.util.List;

/// Text of others as people see it in a notice: nothing in it is invisible, breaks out of its line, or turns the reading direction.
final class Visible {
    private Visible() {}

    /// One line. White space of any kind is a blank; what can't be seen is a question mark.
    ///
    /// @param most characters
    static String line(String text, int most) {
        var line = of(text.strip().replaceAll("\\s+", " "));
        return line.codePointCount(0, line.length()) <= most ? line : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }

    /// The first lines.
    static List<String> lines(String text, int mostLines, int mostCharacters) {
        var lines = text.strip().lines().limit(mostLines + 1L).map(line -> line(line, mostCharacters)).toList();
        return lines.size() <= mostLines ? lines : withMore(lines.subList(0, mostLines));
    }

    private static List<String> withMore(List<String> lines) {
        var cut = new ArrayList<>(lines);
        cut.add("…");
        return cut;
    }

    static String of(String text) {
        var visible = new StringBuilder();
        text.codePoints().forEach(point -> visible.appendCodePoint(
                switch (Character.getType(point)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '?';
                    default -> point;
                }));
        return visible.toString();
    }
}
