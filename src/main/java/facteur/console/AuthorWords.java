package facteur.console;

import facteur.store.Author;

/// Who made a change, and by which door. Immutable.
record AuthorWords(Texts texts) {
    /// *Jan Janssens (suite)*, *Jan Janssens*, *app payroll*, *anna, on the command line*.
    String who(Author author) {
        return switch (author.via()) {
            case CONSOLE -> author.shown();
            case API -> author.behalf().isEmpty() ? texts.of("history.by.app", author.actor()) : author.shown();
            case COMMAND -> texts.of("history.by.command", author.shown());
        };
    }
}
