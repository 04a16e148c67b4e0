package facteur.settings;

import facteur.office.ContextReplyTo;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.platform.config.Choice;
import facteur.platform.config.Word;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;

/// The words that settings use for whom a reply goes to. Every [Role] is one of them, at both levels.
final class ReplyToWords {
    static final Choice<ReplyTo> OF_OFFICE =
            words("company", new ReplyTo.ToCompany(), new ReplyTo.ToSender(), ReplyTo.ToRole::new);

    /// `general` means the company alone: the context's address is a key of its own.
    static final Choice<ContextReplyTo> OF_CONTEXT =
            words("general", new ContextReplyTo.ToCompanyOr(Optional.empty()), new ReplyTo.ToSender(), ReplyTo.ToRole::new);

    private ReplyToWords() {}

    private static <T> Choice<T> words(String companyWord, T company, T sender, Function<Role, T> role) {
        var words = new LinkedHashMap<String, T>();
        words.put(companyWord, company);
        words.put("sender", sender);
        for (var each : Role.values()) {
            words.put(Word.of(each), role.apply(each));
        }
        return new Choice<>(words);
    }
}
