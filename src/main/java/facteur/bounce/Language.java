package facteur.bounce;

import java.util.Locale;

/// What the reports for people are written in.
public enum Language {
    EN,
    FR,
    NL;

    /// `en`, as its file is called.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
