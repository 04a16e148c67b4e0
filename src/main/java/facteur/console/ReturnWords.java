package facteur.console;

import facteur.console.MailPoint.Part;
import facteur.mail.automatic.Language;
import facteur.office.AutoReplies;
import facteur.office.BounceReaders;
import facteur.office.KnownBad;
import facteur.office.Replies;
import facteur.platform.config.Word;
import java.util.List;
import java.util.stream.Stream;

/// What settings say of what comes back, in the words of one language. Immutable.
record ReturnWords(Texts texts) {
    /// The words that settings have for a point, in the order of a page.
    static List<String> choices(Part part) {
        return switch (part) {
            case REPLIES -> words(Replies.values());
            case TELL -> words(BounceReaders.values());
            case KNOWN_BAD -> words(KnownBad.values());
            case AUTO_REPLIES -> words(AutoReplies.values());
            case NOTICE_LANGUAGE -> words(Language.values());
            case COMPANY_NAME, COMPANY_ADDRESS, FROM, FROM_NAME, UNVERIFIED, REPLY, IGNORED, SANDBOX, LISTED -> List.of();
        };
    }

    private static List<String> words(Enum<?>[] constants) {
        return Stream.of(constants).map(Word::of).toList();
    }

    /// The text that names a point.
    static String label(Part part) {
        return part == Part.REPLIES ? "mail.replies" : "mail.returns." + part.word();
    }

    /// What a word means; one that isn't a choice is shown as it is.
    String value(Part part, String word) {
        if (!choices(part).contains(word)) {
            return word;
        }
        return texts.of(part == Part.NOTICE_LANGUAGE ? "frame.language." + word : label(part) + "." + word);
    }

    /// The same, where no word means what stands above.
    String valueOrWhatCounts(MailPoint point, String word) {
        return !word.isEmpty()
                ? value(point.part(), word)
                : point.is(Part.REPLIES) ? texts.of("mail.kind.as-general") : texts.of("mail.returns.as-all");
    }
}
