package facteur.intake;

import facteur.message.Header;
import facteur.message.HeaderField;
import facteur.settings.ContextName;
import facteur.smtp.Parsed;
import facteur.smtp.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an app tells us in the header: X-Context, X-Relation-Id, X-Office-Id. Only the top-level header counts. A field
/// that stands twice must say the same twice; contexts compare in lower case.
///
/// @param context empty = none or empty
/// @param relation as given; empty = none or empty
/// @param office as given; empty = none or empty
public record ControlFields(Optional<ContextName> context, Optional<String> relation, Optional<String> office) {
    private static final String CONTEXT = "X-Context";
    private static final String RELATION = "X-Relation-Id";
    private static final String OFFICE = "X-Office-Id";

    /// @return a refusal when a field stands twice, with different values
    public static Parsed<ControlFields> read(Header header) {
        for (var name : List.of(CONTEXT, RELATION, OFFICE)) {
            if (values(header, name).size() > 1) {
                return new Parsed.Bad<>(Reply.of(550, 7, 0, "ambiguous " + name));
            }
        }
        return new Parsed.Good<>(new ControlFields(
                value(header, CONTEXT).map(ContextName::of), value(header, RELATION), value(header, OFFICE)));
    }

    private static Optional<String> value(Header header, String name) {
        return values(header, name).stream().filter(value -> !value.isEmpty()).findFirst();
    }

    private static List<String> values(Header header, String name) {
        return header.all(name).stream()
                .map(HeaderField::value)
                .map(value -> name.equals(CONTEXT) ? value.toLowerCase(Locale.ROOT) : value)
                .distinct()
                .toList();
    }
}
