package facteur.platform.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The fields of one line behind a [Veil]. One thread; used once.
///
/// A [Personal] value counts as an address in any form. In every other text what looks like an address is veiled; and
/// where others are [Quoted], so are the local parts of the line's own addresses and of its [LetterAddresses], in [LocalParts]' way:
/// `550 no mailbox jan here`.
final class Veiled {
    private final Veil veil;
    private final LocalParts named;

    private Veiled(Veil veil) {
        this.veil = veil;
        this.named = new LocalParts(veil);
    }

    /// @param fields values are texts, numbers, [Personal] or [Quoted] ones, or collections of these; or [LetterAddresses], which no
    ///     line shows; may be changed
    static SequencedMap<String, Object> of(Veil veil, SequencedMap<String, Object> fields) {
        return switch (veil) {
            case Veil.None ignored -> {
                fields.values().removeIf(LetterAddresses.class::isInstance);
                yield fields;
            }
            case Veil.Masked masked -> new Veiled(masked).all(fields);
            case Veil.Hashed hashed -> new Veiled(hashed).all(fields);
            case Veil.Erased erased -> new Veiled(erased).all(fields);
        };
    }

    private SequencedMap<String, Object> all(SequencedMap<String, Object> fields) {
        fields.values().forEach(this::learn);
        var veiled = new LinkedHashMap<String, Object>();
        fields.forEach((key, value) -> {
            if (!(value instanceof LetterAddresses)) {
                veiled.put(key, value(value));
            }
        });
        return veiled;
    }

    private void learn(Object value) {
        switch (value) {
            case Personal(var text) -> AddressScan.of(text).forEach(named::add);
            case LetterAddresses persons -> persons.found().forEach(named::add);
            case Collection<?> list -> list.forEach(this::learn);
            default -> {}
        }
    }

    private Object value(Object value) {
        return switch (value) {
            case Personal(var text) -> address(text);
            case Quoted(var text) -> named.without(text);
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
        return text.indexOf('@') < 0 ? text : LocalParts.withoutAddresses(veil, text);
    }
}
