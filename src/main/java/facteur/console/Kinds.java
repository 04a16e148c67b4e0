package facteur.console;

import java.util.Set;

/// What people call a kind of messages. Stateless.
final class Kinds {
    /// Other keys below `mail.kind` say other things.
    private static final Set<String> KNOWN = Set.of("task", "invoice", "reminder");

    private Kinds() {}

    /// Our word for those that most offices have; otherwise the name that the app gives.
    static String label(Texts texts, String name) {
        return texts.find("mail.kind." + name).filter(_ -> KNOWN.contains(name)).orElse(name);
    }
}
