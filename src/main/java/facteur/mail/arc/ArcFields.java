package facteur.mail.arc;

import facteur.mail.dkim.LetterSignature;
import facteur.mail.dkim.SignatureField;
import facteur.mail.dkim.TagList;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// The fields of ARC in a header, by their instances (RFC 8617 §4.2.1). Immutable.
final class ArcFields {
    static final int MOST_SETS = 50;

    private static final Pattern RESULTS_INSTANCE = Pattern.compile("[ \t\r\n]*i[ \t\r\n]*=[ \t\r\n]*([0-9]{1,3})[ \t\r\n]*;.*", Pattern.DOTALL);
    private static final Pattern INSTANCE = Pattern.compile("[0-9]{1,3}");

    private record Numbered(int instance, HeaderField field) {}

    private final List<Numbered> fields;
    private final boolean hasUnnumbered;

    private ArcFields(List<Numbered> fields, boolean hasUnnumbered) {
        this.fields = fields;
        this.hasUnnumbered = hasUnnumbered;
    }

    static ArcFields of(Header header) {
        var fields = new ArrayList<Numbered>();
        var hasUnnumbered = false;
        for (var field : header.fields()) {
            if (field.is(ArcSet.RESULTS) || field.is(ArcSet.MESSAGE) || field.is(ArcSet.SEAL)) {
                var instance = instance(field);
                if (instance.isPresent()) {
                    fields.add(new Numbered(instance.getAsInt(), field));
                } else {
                    hasUnnumbered = true;
                }
            }
        }
        return new ArcFields(fields, hasUnnumbered);
    }

    private static OptionalInt instance(HeaderField field) {
        Optional<String> written;
        if (field.is(ArcSet.RESULTS)) {
            var text = new String(field.octets(), StandardCharsets.ISO_8859_1);
            var found = RESULTS_INSTANCE.matcher(text.substring(text.indexOf(':') + 1));
            written = found.matches() ? Optional.of(found.group(1)) : Optional.empty();
        } else {
            written = TagList.of(field).flatMap(tags -> tags.value("i")).filter(value -> INSTANCE.matcher(value).matches());
        }
        return written.map(value -> OptionalInt.of(Integer.parseInt(value))).orElseGet(OptionalInt::empty);
    }

    boolean isEmpty() {
        return fields.isEmpty() && !hasUnnumbered;
    }

    /// 0 when no field has one.
    int highest() {
        return fields.stream().mapToInt(Numbered::instance).max().orElse(0);
    }

    /// Whether the last host said that the chain had failed: nothing can be added to it (§5.2, step 2).
    boolean isEnded() {
        var last = highest();
        return fields.stream()
                .filter(each -> each.instance() == last && each.field().is(ArcSet.SEAL))
                .anyMatch(each -> TagList.of(each.field()).flatMap(tags -> tags.value("cv")).filter("fail"::equalsIgnoreCase).isPresent());
    }

    /// The sets in their order.
    ///
    /// @return empty when one isn't whole, can't be read, or is missing
    Optional<List<ArcSet>> sets() {
        if (hasUnnumbered || highest() > MOST_SETS || fields.size() != 3 * highest()) {
            return Optional.empty();
        }
        var sets = new ArrayList<ArcSet>();
        for (var instance = 1; instance <= highest(); instance++) {
            var set = set(instance);
            if (set.isEmpty()) {
                return Optional.empty();
            }
            sets.add(set.get());
        }
        return Optional.of(sets);
    }

    private Optional<ArcSet> set(int instance) {
        var results = one(instance, ArcSet.RESULTS);
        var message = one(instance, ArcSet.MESSAGE).flatMap(LetterSignature::read).filter(ArcFields::isFit);
        var seal = one(instance, ArcSet.SEAL).flatMap(SignatureField::read).filter(field -> !field.tags().has("h"));
        return results.isEmpty() || message.isEmpty() || seal.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArcSet(results.get(), message.get(), seal.get()))
                        .filter(set -> set.status().equals((instance == 1 ? ChainStatus.NONE : ChainStatus.PASS).toString()));
    }

    private Optional<HeaderField> one(int instance, String name) {
        var found = fields.stream().filter(each -> each.instance() == instance && each.field().is(name)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst().field()) : Optional.empty();
    }

    /// Seals cover the fields of ARC, and nothing else may (§4.1.2).
    private static boolean isFit(LetterSignature message) {
        return message.names().stream().noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("arc-"));
    }
}
