package facteur.console;

import facteur.office.OfficeId;
import facteur.web.PercentText;

/// A path of ours with its query, as a link has it. Immutable.
///
/// @param text so far
record Href(String text) {
    /// @param path below `/o/{office}`
    static Href ofOffice(OfficeId office, String path) {
        return new Href("/o/" + office.text() + path);
    }

    /// The same with a field of the query; without a value, as it is.
    Href with(String name, String value) {
        return value.isEmpty() ? this : new Href(text + (text.indexOf('?') < 0 ? "?" : "&") + name + "=" + inQuery(value));
    }

    /// A dot means something in paths alone.
    private static String inQuery(String value) {
        return PercentText.encode(value).replace("%2E", ".");
    }

    Href with(String name, long number) {
        return with(name, Long.toString(number));
    }

    @Override
    public String toString() {
        return text;
    }
}
