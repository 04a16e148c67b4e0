package facteur.mail.mime;

import facteur.mail.message.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the header of a part says of its body. Fields that come twice and differ leave a doubt: readers would choose
/// differently. One thread.
final class Labels {
    private final List<String> types = new ArrayList<>();
    private final List<String> encodings = new ArrayList<>();
    private Optional<String> doubt = Optional.empty();

    static Labels of(Header header) {
        var labels = new Labels();
        header.all("Content-Type").forEach(field -> labels.addType(field.value()));
        header.all("Content-Transfer-Encoding").forEach(field -> labels.addEncoding(field.value()));
        return labels;
    }

    void addType(String value) {
        add(types, value, "Content-Type");
    }

    void addEncoding(String value) {
        add(encodings, new StructuredValue(value).first().toLowerCase(Locale.ROOT), "Content-Transfer-Encoding");
    }

    private void add(List<String> values, String value, String name) {
        values.add(value.strip());
        if (!values.getFirst().equals(values.getLast())) {
            doubt("two fields " + name + " contradict each other");
        }
        // None of them is asked for but the first.
        values.subList(1, values.size()).clear();
    }

    /// The first one counts.
    void doubt(String why) {
        doubt = doubt.or(() -> Optional.of(why));
    }

    /// Why the body can't be read for certain.
    Optional<String> doubt() {
        return doubt;
    }

    ContentType type(ContentType otherwise) {
        return types.isEmpty() ? otherwise : ContentType.parse(types.getFirst());
    }

    TransferEncoding encoding() {
        return TransferEncoding.of(encodings.stream().findFirst());
    }
}
