package facteur.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The fields of one line behind a [Veil]. One thread; used once.
///
/// What is [Personal] is an address, whatever it looks like. In every other text what looks like an address is veiled; and
/// where others are [Quoted], so is each local part that the line's own addresses have: `550 no mailbox jan here`.
final class Veiled {
    /// Shorter ones are words of any language.
    private static final int SHORTEST_WORD = 3;

    private final Veil veil;
    /// Local parts of this line's addresses, and what is shown for them; the longest first.
    private final TreeMap<String, String> named =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private Veiled(Veil veil) {
        this.veil = veil;
    }

    /// @param fields values are texts, numbers, [Personal] or [Quoted] ones, or collections of these
    static SequencedMap<String, Object> of(Veil veil, SequencedMap<String, Object> fields) {
        return switch (veil) {
            case Veil.None ignored -> fields;
            case Veil.Masked masked -> new Veiled(masked).all(fields);
            case Veil.Hashed hashed -> new Veiled(hashed).all(fields);
        };
    }

    private SequencedMap<String, Object> all(SequencedMap<String, Object> fields) {
        fields.values().forEach(this::learn);
        var veiled = new LinkedHashMap<String, Object>();
        fields.forEach((key, value) -> veiled.put(key, value(value)));
        return veiled;
    }

    private void learn(Object value) {
        switch (value) {
            case Personal(var text) -> AddressScan.of(text).forEach(found ->
                    named.put(found.localPart().replace("\"", ""), veil.localPart(found.localPart(), found.domain())));
            case Collection<?> list -> list.forEach(this::learn);
            default -> {}
        }
    }

    private Object value(Object value) {
        return switch (value) {
            case Personal(var text) -> address(text);
            case Quoted(var text) -> words(scanned(text));
            case Number number -> number;
            case Collection<?> list -> {
                var values = new ArrayList<>();
                list.forEach(element -> values.add(value(element)));
                yield List.copyOf(values);
            }
            case Object text -> scanned(text.toString());
        };
    }

    /// One without an `@` is a local part: RFC 5321 §4.1.1.3 has `<Postmaster>`.
    private String address(String text) {
        return text.isEmpty() || text.equals("<>") || text.contains("@")
                ? scanned(text)
                : "<" + veil.localPart(text.replaceAll("[<>]", ""), "") + ">";
    }

    private String scanned(String text) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        var veiled = new StringBuilder();
        var end = 0;
        for (var found : AddressScan.of(text)) {
            veiled.append(text, end, found.start()).append(veil.localPart(found.localPart(), found.domain()));
            end = found.at();
        }
        return veiled.append(text, end, text.length()).toString();
    }

    private String words(String text) {
        var veiled = text;
        for (var each : named.entrySet()) {
            if (each.getKey().length() >= SHORTEST_WORD) {
                veiled = Pattern.compile(
                                "(?<![\\p{L}\\p{N}])" + Pattern.quote(each.getKey()) + "(?![\\p{L}\\p{N}])",
                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(veiled)
                        .replaceAll(Matcher.quoteReplacement(each.getValue()));
            }
        }
        return veiled;
    }
}
