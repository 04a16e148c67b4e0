package facteur.mail.returned;

import facteur.mail.mime.StructuredValue;
import java.util.Locale;
import java.util.Set;

/// What a Content-Type field says (RFC 2045 §5), as far as it can be read. Immutable.
///
/// @param main `text`, in lower case, as is `sub`
/// @param boundary empty when there is none
/// @param charset empty when there is none
/// @param reportType in lower case; empty when there is none
record PartType(String main, String sub, String boundary, String charset, String reportType) {
    static final PartType TEXT = new PartType("text", "plain", "", "", "");
    static final PartType LETTER = new PartType("message", "rfc822", "", "", "");

    private static final Set<String> RETURNED = Set.of(
            "message/rfc822",
            "message/global",
            "message/news",
            "message/partial",
            "message/external-body",
            "message/global-headers",
            "text/rfc822-headers",
            "text/rfc822-header",
            "text/rfc822");

    /// @param value unfolded
    static PartType parse(String value) {
        var structured = new StructuredValue(value);
        var type = structured.first().toLowerCase(Locale.ROOT);
        var slash = type.indexOf('/');
        return new PartType(
                (slash < 0 ? type : type.substring(0, slash)).strip(),
                (slash < 0 ? "" : type.substring(slash + 1)).strip(),
                parameter(structured, "boundary"),
                parameter(structured, "charset"),
                parameter(structured, "report-type").toLowerCase(Locale.ROOT));
    }

    private static String parameter(StructuredValue value, String name) {
        for (var parameter : value.parameters()) {
            var equals = parameter.indexOf('=');
            if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return unquoted(parameter.substring(equals + 1).strip());
            }
        }
        return "";
    }

    private static String unquoted(String text) {
        if (!text.startsWith("\"")) {
            return text;
        }
        var end = text.length() > 1 && text.endsWith("\"") ? text.length() - 1 : text.length();
        return text.substring(1, end).replaceAll("\\\\(.)", "$1").stripTrailing();
    }

    boolean is(String mainType, String subType) {
        return main.equals(mainType) && sub.equals(subType);
    }

    boolean isMultipart() {
        return main.equals("multipart");
    }

    /// A letter that is given back, or its header: what is in it is about another letter.
    boolean isReturned() {
        return RETURNED.contains(main + "/" + sub);
    }

    boolean isStatus() {
        return main.equals("message") && (sub.equals("delivery-status") || isGlobalStatus());
    }

    /// RFC 6533 §4.
    boolean isGlobalStatus() {
        return is("message", "global-delivery-status");
    }

    boolean isDisposition() {
        return main.equals("message") && (sub.equals("disposition-notification") || sub.equals("global-disposition-notification"));
    }

    boolean isFeedback() {
        return is("message", "feedback-report");
    }

    /// What its parts are when they don't say (RFC 2046 §5.1.5).
    PartType standard() {
        return is("multipart", "digest") ? LETTER : TEXT;
    }
}
