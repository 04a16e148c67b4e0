package facteur.console;

import facteur.access.Holder;
import facteur.access.PasswordResult;
import facteur.access.Person;
import facteur.access.Session;
import facteur.access.SessionId;
import facteur.access.SignInResult;
import facteur.journal.MailEvent;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What people keep in order for themselves: password, second step, and where they are signed in. Thread-safe.
final class MePage {
    private static final String PATH = "/me";
    private static final List<String> MESSAGES = List.of("password-set", "session-ended", "sessions-ended", "second-step-removed");

    private final Services services;

    MePage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.SIGNED_IN, this::show),
                Page.get("/stay", Page.Need.SIGNED_IN, _ -> Answer.empty(204)),
                Page.post(PATH + "/password", Page.Need.SIGNED_IN, this::changePassword),
                Page.post(PATH + "/second-step", Page.Need.SIGNED_IN, this::enrol),
                Page.post(PATH + "/second-step/remove", Page.Need.SIGNED_IN, this::removeSecondStep),
                Page.post(PATH + "/recovery-codes", Page.Need.SIGNED_IN, this::recoveryCodes),
                Page.post(PATH + "/sessions/end", Page.Need.SIGNED_IN, this::end),
                Page.post(PATH + "/sessions/end-others", Page.Need.SIGNED_IN, this::endOthers));
    }

    private Answer show(Visit visit) throws SQLException {
        var message = visit.request().query("message").filter(MESSAGES::contains).map(word -> visit.say("me." + word));
        return page(visit, 200, List.of(), List.of(), message);
    }

    private Optional<Person> person(Visit visit) throws SQLException {
        return visit.session().holder() instanceof Holder.Person holder ? services.persons().find(holder.login()) : Optional.empty();
    }

    private Answer changePassword(Visit visit) throws SQLException {
        var person = person(visit);
        if (person.isEmpty()) {
            return visit.notFound();
        }
        var form = visit.request().form();
        var login = person.get().login();
        return switch (services.persons().signIn(login, form.text("present-password"), visit.request().address())) {
            case SignInResult.Good(_, var delay) -> {
                services.pause().accept(delay);
                yield changed(visit, services.persons().changePassword(login, form.text("password"), visit.session().id()));
            }
            case SignInResult.Wrong(var delay, _) -> {
                services.pause().accept(delay);
                yield refused(visit, 422, "present-password", visit.say("me.password.wrong"));
            }
            case SignInResult.TooMany(var until) ->
                refused(visit, 429, "present-password", visit.say("error.sign-in.later", visit.view().hour(until)));
            case SignInResult.Busy() -> refused(visit, 503, "", visit.say("error.sign-in.busy"));
        };
    }

    private Answer changed(Visit visit, PasswordResult result) throws SQLException {
        return switch (result) {
            case PasswordResult.Set(var login) -> {
                services.journal().record(new MailEvent.PasswordChanged(visit.request().peer(), login, "page"));
                yield done("password-set");
            }
            case PasswordResult.Unfit(var flaw) -> page(visit, 422, List.of(PasswordPage.problem(visit, flaw)), List.of(), Optional.empty());
            case PasswordResult.NoTicket() -> visit.notFound();
            case PasswordResult.Busy() -> refused(visit, 503, "", visit.say("error.sign-in.busy"));
        };
    }

    private static Answer done(String message) {
        return Answer.seeOther(PATH + "?message=" + message);
    }

    private Answer refused(Visit visit, int status, String field, String message) throws SQLException {
        return page(visit, status, List.of(new FieldProblem(field, message)), List.of(), Optional.empty());
    }

    private Answer enrol(Visit visit) throws SQLException {
        var person = person(visit);
        if (person.isEmpty()) {
            return visit.notFound();
        }
        var code = visit.request().form().text("code").replaceAll("\\s", "");
        var codes = services.persons().secondSteps().enrol(person.get().login(), code);
        codes.ifPresent(_ -> changed(visit, person.get(), "enrolled"));
        return codes.isEmpty()
                ? refused(visit, 422, "code", visit.say("sign-in.code.wrong"))
                : page(visit, 200, List.of(), codes.get(), Optional.of(visit.say("me.second-step-set")));
    }

    private Answer removeSecondStep(Visit visit) throws SQLException {
        var person = person(visit).filter(this::canRemove);
        if (person.isEmpty()) {
            return visit.notFound();
        }
        services.persons().secondSteps().remove(person.get().login());
        changed(visit, person.get(), "removed");
        return done("second-step-removed");
    }

    private boolean canRemove(Person person) {
        return person.hasSecondStep() && switch (services.pages().get().secondStep()) {
            case NONE -> true;
            case OPERATORS -> !person.rights().seesAll();
            case EVERYBODY -> false;
        };
    }

    private Answer recoveryCodes(Visit visit) throws SQLException {
        var person = person(visit);
        var codes = person.isPresent() ? services.persons().secondSteps().recoveryCodes(person.get().login()) : Optional.<List<String>>empty();
        codes.ifPresent(_ -> changed(visit, person.orElseThrow(), "codes"));
        return codes.isEmpty() ? visit.notFound() : page(visit, 200, List.of(), codes.get(), Optional.empty());
    }

    /// @param what as the journal has it
    private void changed(Visit visit, Person person, String what) {
        services.journal().record(new MailEvent.SecondStepChanged(visit.request().peer(), person.login(), what));
    }

    private Answer end(Visit visit) throws SQLException {
        var wanted = SessionId.parse(visit.request().form().text("session"));
        var own = services.sessions().of(visit.session().holder()).stream().map(Session::id).toList();
        if (wanted.filter(own::contains).isEmpty()) {
            return visit.notFound();
        }
        services.sessions().end(wanted.get());
        return done("session-ended");
    }

    private Answer endOthers(Visit visit) throws SQLException {
        services.sessions().endOthers(visit.session().holder(), visit.session().id());
        return done("sessions-ended");
    }

    private Answer page(Visit visit, int status, List<FieldProblem> problems, List<String> codes, Optional<String> message) throws SQLException {
        var person = person(visit);
        var present = TextField.of("present-password", visit.say("me.password.present"), "")
                .type("password").autocomplete("current-password").among(problems);
        var wanted = TextField.of("password", visit.say("sign-in.new-password"), "")
                .hint(visit.say("sign-in.new-password.hint")).type("password").autocomplete("new-password").among(problems);
        var step = person.isPresent() ? Optional.of(secondStep(visit, person.get(), problems)) : Optional.<MeModel.SecondStep>empty();
        var lines = services.sessions().of(visit.session().holder()).stream()
                .map(session -> new MeModel.Line(
                        session.id().text(),
                        session.peer(),
                        session.agent(),
                        session.madeAt(),
                        session.usedAt(),
                        session.id().equals(visit.session().id())))
                .toList();
        return visit.page(status, "me", new MeModel(person.isPresent(), present, wanted, step, codes, lines, problems, message));
    }

    private MeModel.SecondStep secondStep(Visit visit, Person person, List<FieldProblem> problems) throws SQLException {
        var steps = services.persons().secondSteps();
        var enrolment = steps.secret(person.login()).map(secret -> Enrolment.of(secret, person.login(), services.url().get()));
        var code = TextField.of("code", visit.say("sign-in.code"), "").hint(visit.say("sign-in.code.first")).autocomplete("one-time-code")
                .among(problems);
        return new MeModel.SecondStep(steps.recoveryCodesLeft(person.login()), enrolment, code, canRemove(person));
    }
}
