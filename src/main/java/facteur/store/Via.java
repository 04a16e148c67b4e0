package facteur.store;

import facteur.platform.config.Word;

/// By which door a change came in.
public enum Via {
    CONSOLE,
    API,
    COMMAND;

    /// As it stands in the database and in answers.
    public String word() {
        return Word.of(this);
    }
}
