package facteur.console;

import facteur.web.Answer;
import facteur.web.OwnPath;
import facteur.web.SetCookie;
import java.time.Duration;
import java.util.List;

/// Where people begin, and the choice of a language. Immutable.
record StartPage() {
    private static final Duration LANGUAGE_LASTS = Duration.ofDays(365);

    List<Page> pages() {
        return List.of(
                Page.get("/", Page.Need.SIGNED_IN, StartPage::start), Page.get("/language", Page.Need.NONE, StartPage::language));
    }

    /// Operators begin with the relay; others with their office.
    private static Answer start(Visit visit) {
        if (visit.rights().seesAll()) {
            return Answer.seeOther("/status");
        }
        var own = visit.rights().offices();
        return own.isEmpty() ? visit.notFound() : Answer.seeOther("/o/" + own.getFirst().text() + "/mail");
    }

    /// Remembered by the browser alone: nothing is changed here.
    private static Answer language(Visit visit) {
        var request = visit.request();
        var to = request.query("to").filter(OwnPath::isOne).orElse("/");
        var answer = Answer.seeOther(to);
        return request.query("language")
                .flatMap(Languages::parse)
                .map(language -> answer.withCookie(
                        SetCookie.lax(request, Languages.COOKIE, language.word(), LANGUAGE_LASTS)))
                .orElse(answer);
    }
}
