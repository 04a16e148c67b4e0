package facteur.console;

import facteur.web.Form;
import facteur.web.OwnPath;
import facteur.web.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A form that came without a session: what was typed is kept on the pages of signing in, and sent again after them. Immutable.
///
/// @param action where the form goes
/// @param fields in the order of the form
public record Carried(String action, List<Form.Field> fields) {
    /// Of the fields of signing in that keep it: they come first in a form, and those that are kept behind.
    static final String ACTION = "again";

    private static final String KEPT = "kept.";
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String SECRET = "password";

    public Carried {
        fields = List.copyOf(fields);
    }

    /// The form of this request; none when it holds a password, or a file, which a page can't keep.
    static Optional<Carried> of(Request request) {
        if (request.isSafe() || request.field("Content-Type").filter(type -> type.startsWith(URL_ENCODED)).isEmpty()) {
            return Optional.empty();
        }
        var fields = request.form().fields();
        var hasSecret = fields.stream().anyMatch(field -> field.name().contains(SECRET));
        return hasSecret || !OwnPath.isOne(request.target()) ? Optional.empty() : Optional.of(new Carried(request.target(), fields));
    }

    /// What a form of signing in keeps.
    static Optional<Carried> in(Form form) {
        return form.field(ACTION).filter(OwnPath::isOne).map(action -> new Carried(
                action,
                form.fields().stream()
                        .filter(field -> field.name().startsWith(KEPT))
                        .map(field -> new Form.Field(field.name().substring(KEPT.length()), field.value()))
                        .toList()));
    }

    /// As hidden fields of a form of signing in.
    public List<Form.Field> kept() {
        return Stream.concat(
                Stream.of(new Form.Field(ACTION, action)),
                fields.stream().map(field -> new Form.Field(KEPT + field.name(), field.value())))
                .toList();
    }
}
