package facteur.console;

import java.util.List;

/// One thing that is different in two settings of an office, in words. Immutable.
///
/// @param path of the key, from the outermost
/// @param subject what it is about
/// @param before as it is in the one
/// @param after as it is in the other
/// @param sentence both, to be read alone
public record Change(List<String> path, String subject, String before, String after, String sentence) {
    public Change {
        path = List.copyOf(path);
    }

    /// `contexts.invoice.reply-to`
    public String key() {
        return String.join(".", path);
    }
}
