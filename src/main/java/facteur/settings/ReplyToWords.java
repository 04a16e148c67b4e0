package facteur.settings;

import facteur.office.ContextReplyTo;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Choice;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;

/// The words that settings use for whom a reply goes to. Every listed [Role] is one of them, at both
/// levels. Stateless.
final class ReplyToWords {
    private ReplyToWords() {}

    static Choice<ReplyTo> ofOffice(Roles roles) {
        return words("company", new ReplyTo.ToCompany(), new ReplyTo.ToSender(), roles, ReplyTo.ToRole::new);
    }

    /// `general` means the company alone: the context's address is a key of its own.
    static Choice<ContextReplyTo> ofContext(Roles roles) {
        return words("general", new ContextReplyTo.ToCompanyOr(Optional.empty()), new ReplyTo.ToSender(), roles, ReplyTo.ToRole::new);
    }

    private static <T> Choice<T> words(String companyWord, T company, T sender, Roles roles, Function<Role, T> role) {
        var words = new LinkedHashMap<String, T>();
        words.put(companyWord, company);
        words.put("sender", sender);
        for (var each : roles.list()) {
            words.put(each.name(), role.apply(each));
        }
        return new Choice<>(words);
    }
}
