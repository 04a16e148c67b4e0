package facteur.mail.automatic;

import facteur.platform.config.Word;

/// What the reports for people are written in.
public enum Language {
    EN,
    FR,
    NL;

    /// `en`, as its file is called.
    public String word() {
        return Word.of(this);
    }
}
