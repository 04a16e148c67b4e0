package facteur.console;

import facteur.office.ContextName;
import java.util.Optional;

/// Judges the name of a kind of messages that is to be added to a form. Immutable.
record KindName(Texts texts, MailForm form) {
    /// What is wrong with it; empty when nothing is.
    Optional<String> problem(String typed) {
        var name = typed.strip();
        if (name.isEmpty()) {
            return Optional.of(texts.of("error.kind.missing"));
        }
        var kind = ContextName.of(name);
        if (kind.equals(ContextName.UNREADABLE)) {
            return Optional.of(texts.of("error.kind.name"));
        }
        return form.kinds().contains(kind.text()) ? Optional.of(texts.of("error.kind.twice", name)) : Optional.empty();
    }
}
