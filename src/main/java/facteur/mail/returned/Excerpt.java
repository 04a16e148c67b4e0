package facteur.mail.returned;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the text of a report says of one recipient, for people: OpenSMTPD and Exim (of its own mailboxes) leave Diagnostic-Code out and
/// say why in the text alone. They, and all others that list recipients there, write one of these:
///
/// ```
/// client@example.com: 550 5.1.1 no such user
///
///   client@example.com
///     no such mailbox here
/// ```
///
/// Anything else is prose, in any language, and gives nothing: better none than the words about another.
final class Excerpt {
    static final int CHARACTERS = 300;

    private static final String ELLIPSIS = "…";
    private static final Pattern LETTERS = Pattern.compile("\\p{L}{2}");

    private Excerpt() {}

    /// @param text in lines
    /// @param names of the recipient
    /// @param others names of the other recipients
    /// @return one line; empty when there is none
    static String of(String text, List<String> names, List<String> others) {
        var lines = text.lines().toList();
        for (var i = 0; i < lines.size(); i++) {
            for (var name : names) {
                if (isAt(lines.get(i), name)) {
                    var words = words(lines, i, name, others);
                    if (LETTERS.matcher(words).find() && others.stream().noneMatch(other -> contains(words, other))) {
                        return cut(words);
                    }
                }
            }
        }
        return "";
    }

    /// Whether the line begins with the address, in brackets or without.
    private static boolean isAt(String line, String name) {
        var start = start(line);
        var end = start + name.length();
        return !name.isEmpty()
                && line.regionMatches(true, start, name, 0, name.length())
                && (end == line.length() || ">: \t".indexOf(line.charAt(end)) >= 0);
    }

    private static int start(String line) {
        var start = indent(line);
        return line.startsWith("<", start) ? start + 1 : start;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String words(List<String> lines, int at, String name, List<String> others) {
        var line = lines.get(at);
        var rest = line.substring(start(line) + name.length()).strip();
        var behind = rest.startsWith(">") ? rest.substring(1).strip() : rest;
        if (!behind.isEmpty() && !behind.startsWith(":")) {
            return "";
        }
        var words = new ArrayList<String>();
        Stream.of(behind).filter(said -> said.startsWith(":")).map(said -> said.substring(1).strip()).forEach(words::add);
        // What goes on below is set in, unless a colon announces it.
        var isSetIn = !behind.equals(":");
        for (var next : lines.subList(at + 1, lines.size())) {
            var isOver = next.isBlank()
                    || indent(next) < indent(line)
                    || isSetIn && indent(next) == indent(line)
                    || others.stream().anyMatch(other -> isAt(next, other));
            if (isOver || words.stream().mapToInt(String::length).sum() > CHARACTERS) {
                break;
            }
            words.add(next.strip());
        }
        return String.join(" ", words).strip();
    }

    private static boolean contains(String words, String name) {
        return !name.isEmpty() && words.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }

    private static String cut(String words) {
        return words.length() <= CHARACTERS ? words : ShownText.cut(words, CHARACTERS - 1) + ELLIPSIS;
    }
}
