package facteur.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What stands above a part of a form (RFC 7578 §4). The name of a file is only looked at for whether it is there. Immutable.
///
/// @param name of the field
/// @param isFile whether the part has a name of a file
/// @param isUnnamed whether that name is empty: a browser says so when no file was chosen
record PartHead(String name, boolean isFile, boolean isUnnamed) {
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");

    /// Browsers write the name of the field first. Those of a file they write in more ways than one (HTML Standard §4.10.22.8), so all that
    /// stands behind it is taken for it.
    private static final Pattern DISPOSITION = Pattern.compile(
            "(?i:form-data); ?(?i:name)=(?:\"(?<quoted>[^\"\\\\]*)\"|(?<token>[!#$%&'*+.^_`|~0-9A-Za-z-]+))(?<file>; ?(?i:filename)\\*?=(?<filename>.*))?");

    private static final List<String> ENCODINGS = List.of("7bit", "8bit", "binary");
    private static final char UNREADABLE = '\uFFFD';

    /// @throws RefusedException for what no browser writes
    static PartHead parse(List<String> lines) {
        var disposition = Optional.<String>empty();
        var type = Optional.<String>empty();
        for (var line : lines) {
            var field = FIELD.matcher(line);
            if (!field.matches()) {
                throw FormBudget.unreadable("has a line above a part that is no field");
            }
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> disposition = once(disposition, field.group(2));
                case "content-type" -> type = once(type, field.group(2));
                case "content-transfer-encoding" -> refuseEncoding(field.group(2));
                default -> {} // RFC 7578 §4.8
            }
        }
        var head = disposition.flatMap(PartHead::read).orElseThrow(() -> FormBudget.unreadable("has a part that is no field of a form"));
        type.ifPresent(head::refuseType);
        return head;
    }

    private static Optional<String> once(Optional<String> before, String value) {
        if (before.isPresent()) {
            throw FormBudget.unreadable("says twice what a part is");
        }
        return Optional.of(value);
    }

    private static Optional<PartHead> read(String disposition) {
        var form = DISPOSITION.matcher(disposition);
        if (!form.matches()) {
            return Optional.empty();
        }
        var name = form.group("quoted") == null ? form.group("token") : form.group("quoted");
        var isFile = form.group("file") != null;
        return FormBudget.isName(name) && name.indexOf(UNREADABLE) < 0
                ? Optional.of(new PartHead(name, isFile, isFile && form.group("filename").equals("\"\"")))
                : Optional.empty();
    }

    /// RFC 7578 §4.7: nothing encodes a part.
    private static void refuseEncoding(String encoding) {
        if (!ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw unsupported("each part must be as it is, not encoded");
        }
    }

    /// What a file is, its reader finds out.
    private void refuseType(String text) {
        var type = MediaType.parse(text);
        if (text.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw unsupported("a part can't have parts itself"); // RFC 7578 §4.3
        }
        if (!isFile && type.filter(known -> known.name().equals("text/plain") && known.isUtf8()).isEmpty()) {
            throw unsupported("each field must be text in UTF-8");
        }
    }

    private static RefusedException unsupported(String message) {
        return ProblemDetails.of(415, "form.unsupported", "", message).refused();
    }
}
