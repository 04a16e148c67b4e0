package facteur.mail.bounce;

import facteur.platform.config.Word;

/// What the reports for people are written in.
public enum Language {
    EN,
    FR,
    NL;

    /// `en`, as its file is called.
    String word() {
        return Word.of(this);
    }
}
