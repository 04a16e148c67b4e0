package facteur.mail.returned;

import facteur.mail.message.Comments;
import facteur.mail.smtp.Xtext;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses and names of hosts in a report: `rfc822; jan@dupont.example`, `dns; mx.dupont.example` (RFC 3464 §2.3.1).
final class ReportedAddress {
    /// In characters. No address of a letter of ours is longer; one that is cut might be another person's.
    private static final int LIMIT = 900;

    private static final int HOST_CHARACTERS = 255;
    private static final Pattern TYPE = Pattern.compile("^([A-Za-z0-9][A-Za-z0-9/-]{0,30}) ?;");
    private static final Pattern BRACKETS = Pattern.compile("^[^<>\"]*<([^<>]*)>");
    private static final Pattern ROUTE = Pattern.compile("^@[^:\"]*:");
    private static final Pattern ESCAPE = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})}");

    private ReportedAddress() {}

    /// The address of a Final-Recipient or Original-Recipient field.
    ///
    /// @return empty when there is none in it, it is too long for one, or holds what can't be seen
    static Optional<String> of(String field) {
        var type = TYPE.matcher(field);
        var isTyped = type.find();
        var written = isTyped ? field.substring(type.end()) : field;
        var address = bare(written.strip());
        if (isTyped && type.group(1).toLowerCase(Locale.ROOT).equals("utf-8")) {
            address = withoutEscapes(address);
        }
        return Optional.of(address).filter(text -> !text.isEmpty() && text.length() <= LIMIT && ShownText.line(text).equals(text));
    }

    /// Without brackets, a source route, or comments behind it.
    private static String bare(String written) {
        var brackets = BRACKETS.matcher(written);
        var inside = brackets.find() ? brackets.group(1) : written.startsWith("\"") ? written : Comments.without(written);
        var whole = ROUTE.matcher(inside.strip()).replaceFirst("").strip();
        return whole.endsWith(">") ? whole.substring(0, whole.length() - 1) : whole;
    }

    /// RFC 6533 §3.
    private static String withoutEscapes(String address) {
        return ESCAPE.matcher(address).replaceAll(match -> {
            var code = Integer.parseInt(match.group(1), 16);
            return Matcher.quoteReplacement(Character.isValidCodePoint(code) ? Character.toString(code) : match.group());
        });
    }

    /// Some hosts give an ORCPT back as they got it, in xtext (RFC 3461 §4.2).
    static Optional<String> fromXtext(String address) {
        return address.indexOf('+') < 0 ? Optional.empty() : Xtext.parse(address).map(Xtext::decoded);
    }

    /// The host of a Reporting-MTA or Remote-MTA field.
    static String host(String field) {
        var name = Comments.without(TYPE.matcher(field).replaceFirst("")).strip();
        return name.length() <= HOST_CHARACTERS ? name : "";
    }
}
