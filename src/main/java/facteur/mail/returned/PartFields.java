package facteur.mail.returned;

import facteur.mail.mime.StructuredValue;
import facteur.mail.mime.TransferEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The header of a part while it is read: its type and how it is encoded. The first field of a name counts. One thread.
final class PartFields {
    /// What a line is.
    enum Line {
        OF_HEADER,
        /// The empty line, or one of blanks.
        END,
        /// Of the content already.
        OF_CONTENT
    }

    private static final String TYPE = "content-type";
    private static final String ENCODING = "content-transfer-encoding";
    private static final Set<String> KEPT = Set.of(TYPE, ENCODING);

    /// Of a field with its folds; the rest is cut off.
    private static final int VALUE_CHARACTERS = 8192;

    /// Fields that are content, where a host forgot the empty line behind the type of a status part.
    private static final Set<String> CONTENT = Set.of(
            "reporting-mta", "original-envelope-id", "arrival-date", "original-recipient", "final-recipient", "action", "status");

    private final StringBuilder value = new StringBuilder();
    private String name = "";
    private Optional<String> type = Optional.empty();
    private Optional<String> encoding = Optional.empty();

    Line line(byte[] octets, int length) {
        var text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        if (text.isBlank()) {
            endField();
            return Line.END;
        }
        if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
            keep(text);
            return Line.OF_HEADER;
        }
        endField();
        var found = name(text);
        if (found.isEmpty() || isContent(found)) {
            return Line.OF_CONTENT;
        }
        name = found;
        keep(text.substring(text.indexOf(':') + 1));
        return Line.OF_HEADER;
    }

    private void keep(String text) {
        if (KEPT.contains(name)) {
            value.append(text, 0, Math.min(text.length(), VALUE_CHARACTERS - value.length()));
        }
    }

    private boolean isContent(String found) {
        return CONTENT.contains(found) && type.isPresent() && type(PartType.TEXT).isStatus();
    }

    /// @return in lower case; empty when the line starts no field
    private static String name(String line) {
        var colon = line.indexOf(':');
        var before = colon < 0 ? "" : line.substring(0, colon).stripTrailing();
        return before.chars().allMatch(c -> c > ' ' && c < 127) ? before.toLowerCase(Locale.ROOT) : "";
    }

    /// Whether a line may be the first of a part's header.
    static boolean begins(byte[] octets, int length) {
        return name(new String(octets, 0, length, StandardCharsets.ISO_8859_1)).startsWith("content-");
    }

    private void endField() {
        var text = value.toString();
        if (name.equals(TYPE)) {
            type = type.or(() -> Optional.of(text));
        } else if (name.equals(ENCODING)) {
            encoding = encoding.or(() -> Optional.of(text));
        }
        name = "";
        value.setLength(0);
    }

    PartType type(PartType standard) {
        return type.map(PartType::parse).orElse(standard);
    }

    TransferEncoding encoding() {
        return encoding(encoding);
    }

    static TransferEncoding encoding(Optional<String> value) {
        return TransferEncoding.of(value.map(text -> new StructuredValue(text).first()));
    }
}
