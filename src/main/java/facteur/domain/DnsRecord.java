package facteur.domain;

import java.util.ArrayList;
import java.util.List;

/// A TXT record to be published. Immutable.
///
/// @param name in A-labels, without a dot at its end
/// @param note for people: what it is for, and what to do about it
public record DnsRecord(String name, String text, String note) {
    /// RFC 1035 §3.3: a character-string.
    private static final int STRING_LIMIT = 255;

    /// As in a master file (RFC 1035 §5.1).
    public String zoneLine() {
        return name + ". 3600 IN TXT " + String.join(" ", strings().stream().map(DnsRecord::quoted).toList());
    }

    /// The text in parts that one string of a record can hold.
    public List<String> strings() {
        var strings = new ArrayList<String>();
        for (var from = 0; from < text.length(); from += STRING_LIMIT) {
            strings.add(text.substring(from, Math.min(from + STRING_LIMIT, text.length())));
        }
        return strings;
    }

    private static String quoted(String string) {
        return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
