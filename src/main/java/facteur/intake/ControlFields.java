package facteur.intake;

import facteur.message.Header;
import facteur.message.HeaderField;
import facteur.settings.ContextName;
import facteur.smtp.Reply;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What an app tells us in the header: X-Context, X-Relation-Id, X-Office-Id. Only the top-level header counts.
///
/// @param context empty = none or empty
/// @param relation as given; empty = none or empty
/// @param office as given; empty = none or empty
record ControlFields(Optional<ContextName> context, Optional<String> relation, Optional<String> office) {
    /// A field stands twice, with different values.
    static final class Ambiguous extends Exception {
        private final transient Reply reply;

        Ambiguous(String field) {
            super(field);
            reply = Reply.of(550, 7, 0, "ambiguous " + field);
        }

        Reply reply() {
            return reply;
        }
    }

    static ControlFields read(Header header) throws Ambiguous {
        return new ControlFields(
                value(header, "X-Context", value -> value.toLowerCase(Locale.ROOT)).map(ContextName::of),
                value(header, "X-Relation-Id", UnaryOperator.identity()),
                value(header, "X-Office-Id", UnaryOperator.identity()));
    }

    private static Optional<String> value(Header header, String name, UnaryOperator<String> compared) throws Ambiguous {
        var values = header.all(name).stream().map(HeaderField::value).map(compared).distinct().toList();
        if (values.size() > 1) {
            throw new Ambiguous(name);
        }
        return values.stream().filter(value -> !value.isEmpty()).findFirst();
    }
}
