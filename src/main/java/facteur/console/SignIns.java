package facteur.console;

import facteur.access.NewSession;
import facteur.access.Person;
import facteur.access.Sessions;
import facteur.journal.MailEvent;
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
        return begin(visit, NewSession.of(person, needSecondStep(person), request.peer(), agent(request)), "password");
    }

    /// @param way how its holder signs in, as the journal has it
    Sessions.Begun begin(Visit visit, NewSession wanted, String way) throws SQLException {
        endPresent(visit);
        var begun = services.sessions().begin(wanted);
        if (!wanted.needsSecondStep()) {
            signedIn(visit, begun, way);
        }
        return begun;
    }

    /// In a frame, whose session is kept apart from that of a tab.
    Sessions.Begun beginBeside(Visit visit, NewSession wanted, String way) throws SQLException {
        var begun = services.sessions().begin(wanted);
        signedIn(visit, begun, way);
        return begun;
    }

    /// After the second step: a new session in place of the half one.
    ///
    /// @return empty when that has ended meanwhile
    Optional<Sessions.Begun> complete(Visit visit) throws SQLException {
        var begun = services.sessions().complete(visit.session().id());
        begun.ifPresent(whole -> signedIn(visit, whole, "second-step"));
        return begun;
    }

    private void signedIn(Visit visit, Sessions.Begun begun, String way) {
        var holder = begun.session().holder();
        var person = holder.behalf().isEmpty() ? holder.actor() : holder.behalf() + " (" + holder.actor() + ")";
        visit.request().isBy(holder.name());
        services.journal().record(new MailEvent.SignedIn(visit.request().peer(), person, way));
        if (begun.session().rights().seesAll()) {
            services.acts().record(person, "sign-in by " + way + " from " + visit.request().peer());
        }
    }

    /// @param person the login if there is such a one
    /// @param reason a word of the journal
    void refused(Visit visit, Optional<String> person, String reason) {
        services.journal().record(
                new MailEvent.SignInRefused(visit.request().peer(), person.orElse(MailEvent.SignInRefused.UNKNOWN), reason));
    }

    private void endPresent(Visit visit) throws SQLException {
        if (visit.sessionIfAny().isPresent()) {
            services.sessions().end(visit.session().id());
        }
    }

    static String agent(Request request) {
        return String.join(" ", request.fields("User-Agent"));
    }

    /// The answer, with the session for the browser.
    static Answer with(Answer answer, Request request, Sessions.Begun begun) {
        return answer.withCookie(SetCookie.session(request, begun.cookie()));
    }
}
