package facteur.web;

import java.util.List;
import java.util.Optional;

/// What a form sent: its fields in order, and perhaps one file. Immutable; the file is deleted when the request is answered.
public final class Form {
    /// @param value with line ends as they came: CRLF from browsers
    public record Field(String name, String value) {}

    record File(String name, Upload upload) {}

    private final List<Field> fields;
    private final Optional<File> file;

    Form(List<Field> fields, Optional<File> file) {
        this.fields = List.copyOf(fields);
        this.file = file;
    }

    /// A field that comes once at most; twice is refused with 400. What it holds may be empty.
    public Optional<String> field(String name) {
        var all = all(name);
        if (all.size() > 1) {
            throw ProblemDetails.of(400, "form.twice", name, "the form has this field twice").refused();
        }
        return all.stream().findFirst();
    }

    /// The same; empty when it isn't there.
    public String text(String name) {
        return field(name).orElse("");
    }

    /// All of that name, in order.
    public List<String> all(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
    }

    /// Whether there is one of that name: a box that was ticked, a button that was pressed.
    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }

    /// In the order of the form.
    public List<Field> fields() {
        return fields;
    }

    /// The file that was chosen in that field. Its own name, which the sender chose, is never read.
    public Optional<Upload> file(String name) {
        return file.filter(chosen -> chosen.name().equals(name)).map(File::upload);
    }

    void end() {
        file.ifPresent(chosen -> chosen.upload().close());
    }
}
