package facteur.mail.returned;

import java.util.List;
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
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("amp", "&"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("ndash", "\u2013"),
            Map.entry("mdash", "\u2014"),
            Map.entry("lsquo", "\u2018"),
            Map.entry("rsquo", "\u2019"),
            Map.entry("ldquo", "\u201C"),
            Map.entry("rdquo", "\u201D"),
            Map.entry("hellip", "\u2026"),
            Map.entry("euro", "\u20AC"));

    /// From U+00A0 on, in order.
    private static final List<String> LATIN = List.of(("nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn "
            + "sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave "
            + "Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml "
            + "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN "
            + "szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute "
            + "icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml "
            + "yacute thorn yuml").split(" "));

    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,6}[0-9]{0,2});");
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
            var end = open >= 0 && html.startsWith("<!--", open) ? "-->" : ">";
            var close = open < 0 ? -1 : html.indexOf(end, open);
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
            at = close + end.length();
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
            var latin = LATIN.indexOf(entity);
            return latin < 0 ? NAMED.getOrDefault(entity, otherwise) : Character.toString(0xA0 + latin);
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
