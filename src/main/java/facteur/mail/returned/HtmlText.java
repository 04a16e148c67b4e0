package facteur.mail.returned;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a person would read of HTML, roughly: for a text to show, never to be taken for HTML again. Takes the time of its length.
final class HtmlText {
    private static final Set<String> HIDDEN = Set.of("head", "script", "style", "title");
    private static final Set<String> BREAKS = Set.of("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "pre", "hr");
    private static final Map<String, String> NAMED = Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[a-z]{2,5});");
    private static final Pattern BLANKS = Pattern.compile("[ \t\n\u00A0]+");

    private HtmlText() {}

    static String of(String html) {
        var text = new StringBuilder();
        var hidden = "";
        var at = 0;
        while (at < html.length()) {
            var open = html.indexOf('<', at);
            var to = open < 0 ? html.length() : open;
            if (hidden.isEmpty()) {
                text.append(BLANKS.matcher(html.substring(at, to)).replaceAll(" "));
            }
            var close = open < 0 ? -1 : html.startsWith("<!--", open) ? html.indexOf("-->", open) : html.indexOf('>', open);
            if (close < 0) {
                break;
            }
            var name = name(html, open + 1);
            if (hidden.isEmpty()) {
                hidden = HIDDEN.contains(name) ? name : "";
                text.append(BREAKS.contains(name.replace("/", "")) ? "\n" : "");
            } else if (name.equals("/" + hidden)) {
                hidden = "";
            }
            at = close + 1;
        }
        return lines(ENTITY.matcher(text).replaceAll(match -> Matcher.quoteReplacement(character(match.group(1), match.group()))));
    }

    private static String name(String html, int from) {
        var to = from;
        while (to < html.length() && (Character.isLetterOrDigit(html.charAt(to)) || to == from && html.charAt(to) == '/')) {
            to++;
        }
        return html.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private static String character(String entity, String otherwise) {
        if (!entity.startsWith("#")) {
            return NAMED.getOrDefault(entity, otherwise);
        }
        var isHex = entity.charAt(1) == 'x' || entity.charAt(1) == 'X';
        var code = isHex ? Integer.parseInt(entity.substring(2), 16) : Integer.parseInt(entity.substring(1));
        return Character.isValidCodePoint(code) ? Character.toString(code) : otherwise;
    }

    /// Without blanks at the ends of lines, and never two empty lines.
    private static String lines(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n")).replaceAll("\n{3,}", "\n\n");
    }
}
