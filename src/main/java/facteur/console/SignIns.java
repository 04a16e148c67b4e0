package facteur.console;

import facteur.access.NewSession;
import facteur.access.Person;
import facteur.access.Sessions;
import facteur.web.Answer;
import facteur.web.Request;
import facteur.web.SetCookie;
import java.sql.SQLException;
import java.util.Optional;

/// Begins sessions and puts them into browsers. A session that the browser had ends: none is ever taken over. Thread-safe.
final class SignIns {
    private final Services services;

    SignIns(Services services) {
        this.services = services;
    }

    /// Whether the password alone isn't enough.
    boolean needSecondStep(Person person) {
        return person.hasSecondStep() || switch (services.pages().get().secondStep()) {
            case NONE -> false;
            case OPERATORS -> person.rights().seesAll();
            case EVERYBODY -> true;
        };
    }

    /// With a password, and perhaps a second step to come.
    Sessions.Begun begin(Visit visit, Person person) throws SQLException {
        var request = visit.request();
        return begin(visit, NewSession.of(person, needSecondStep(person), request.peer(), agent(request)));
    }

    Sessions.Begun begin(Visit visit, NewSession wanted) throws SQLException {
        endPresent(visit);
        return services.sessions().begin(wanted);
    }

    /// After the second step: a new session in place of the half one.
    ///
    /// @return empty when that has ended meanwhile
    Optional<Sessions.Begun> complete(Visit visit) throws SQLException {
        return services.sessions().complete(visit.session().id());
    }

    private void endPresent(Visit visit) throws SQLException {
        if (visit.sessionIfAny().isPresent()) {
            services.sessions().end(visit.session().id());
        }
    }

    private static String agent(Request request) {
        return String.join(" ", request.fields("User-Agent"));
    }

    /// The answer, with the session for the browser.
    static Answer with(Answer answer, Request request, Sessions.Begun begun) {
        return answer.withCookie(SetCookie.session(request, begun.cookie()));
    }
}
