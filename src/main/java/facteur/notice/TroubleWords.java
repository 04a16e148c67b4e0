package facteur.notice;

import facteur.mail.automatic.Language;
import facteur.mail.automatic.Texts;
import facteur.mail.returned.Trouble;
import facteur.platform.config.Word;

/// Why a letter didn't arrive, and what to do, in plain words of one language: the same in notices and on pages. Immutable; safe to
/// share between threads.
public final class TroubleWords {
    private final Texts texts;

    TroubleWords(Texts texts) {
        this.texts = texts;
    }

    public static TroubleWords in(Language language) {
        return new TroubleWords(Texts.in(language, TroubleWords.class));
    }

    /// @param address that it didn't reach
    public String why(Trouble trouble, String address) {
        return texts.say("returned.why." + Word.of(trouble), address.substring(address.lastIndexOf('@') + 1));
    }

    /// Of an address that the letter wasn't sent to.
    public String elsewhere() {
        return texts.say("returned.elsewhere");
    }

    /// For who sent it.
    public String todo(Trouble trouble) {
        return texts.say("returned.do." + Word.of(trouble));
    }
}
