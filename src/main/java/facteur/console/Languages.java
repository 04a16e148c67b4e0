package facteur.console;

import facteur.access.Session;
import facteur.mail.automatic.Language;
import facteur.web.Request;
import facteur.web.SetCookie;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// In which language a page is: the one chosen on a page, the one the session began with, what the browser asks for, or the console's.
final class Languages {
    /// Of a browser that has chosen.
    static final String COOKIE = "language";

    private Languages() {}

    static Language of(Request request, Optional<Session> session, Language usual) {
        return request.cookie(SetCookie.name(request, COOKIE))
                .flatMap(Languages::parse)
                .or(() -> session.flatMap(Session::language).flatMap(Languages::parse))
                .or(() -> accepted(request.fields("Accept-Language")))
                .orElse(usual);
    }

    /// `fr`, `nl-BE`, in any case.
    static Optional<Language> parse(String tag) {
        var word = tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        return Stream.of(Language.values()).filter(language -> language.word().equals(word)).findFirst();
    }

    /// The best that we have (RFC 9110 §12.5.4).
    static Optional<Language> accepted(List<String> fields) {
        try {
            return Locale.LanguageRange.parse(String.join(",", fields)).stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> parse(range.getRange()).stream())
                    .findFirst();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
