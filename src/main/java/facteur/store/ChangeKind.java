package facteur.store;

import facteur.platform.config.Word;

/// What a version changed.
public enum ChangeKind {
    SETTINGS,
    CARDS,
    /// The office, with its settings. Its cards stay for the day it comes back.
    REMOVED;

    /// As it stands in the database and in answers.
    public String word() {
        return Word.of(this);
    }
}
