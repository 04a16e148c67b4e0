package facteur.console;

import facteur.access.Holder;
import facteur.access.SecondStepResult;
import facteur.access.Session;
import facteur.journal.MailEvent;
import facteur.web.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The code after the password: of an authenticator, or a recovery code. Who has no authenticator enrols one here. Thread-safe.
final class SecondStepPage {
    private static final String PATH = "/sign-in/second-step";
    private static final String CODE = "code";

    private final Services services;
    private final SignIns signIns;

    SecondStepPage(Services services, SignIns signIns) {
        this.services = services;
        this.signIns = signIns;
    }

    List<Page> pages() {
        return List.of(Page.get(PATH, Page.Need.NONE, this::show), Page.post(PATH, Page.Need.NONE, this::judge));
    }

    private Answer show(Visit visit) throws SQLException {
        var login = login(visit);
        return login.isEmpty() ? elsewhere(visit) : page(visit, 200, login.get(), Onward.of(visit.request()), List.of());
    }

    /// Whose half session it is.
    private static Optional<String> login(Visit visit) {
        return visit.sessionIfAny()
                .filter(Session::needsSecondStep)
                .flatMap(session -> session.holder() instanceof Holder.Person person ? Optional.of(person.login()) : Optional.empty());
    }

    private static Answer elsewhere(Visit visit) {
        return Answer.seeOther(visit.sessionIfAny().isPresent() ? "/" : SignInPage.PATH);
    }

    private Answer judge(Visit visit) throws SQLException {
        var login = login(visit);
        if (login.isEmpty()) {
            return elsewhere(visit);
        }
        var form = visit.request().form();
        var onward = Onward.of(form);
        if (!form.has(CODE)) {
            return page(visit, 200, login.get(), onward, List.of());
        }
        var code = form.text(CODE).replaceAll("\\s", "");
        return services.persons().secondSteps().secret(login.get()).isPresent()
                ? enrol(visit, login.get(), code, onward)
                : judge(visit, login.get(), code, onward);
    }

    private Answer enrol(Visit visit, String login, String code, Onward onward) throws SQLException {
        var recovery = services.persons().secondSteps().enrol(login, code);
        if (recovery.isEmpty()) {
            signIns.refused(visit, Optional.of(login), "code");
            return page(visit, 422, login, onward, wrong(visit));
        }
        services.journal().record(new MailEvent.SecondStepChanged(visit.request().peer(), login, "enrolled"));
        var begun = signIns.complete(visit);
        return begun.isEmpty()
                ? elsewhere(visit)
                : SignIns.with(visit.page(200, "recovery", new RecoveryModel(recovery.get(), onward)), visit.request(), begun.get());
    }

    private Answer judge(Visit visit, String login, String code, Onward onward) throws SQLException {
        return switch (services.persons().secondSteps().judge(login, code, visit.request().address())) {
            case SecondStepResult.Good _ -> {
                var begun = signIns.complete(visit);
                yield begun.isEmpty() ? elsewhere(visit) : SignIns.with(onward.go(visit), visit.request(), begun.get());
            }
            case SecondStepResult.Wrong(var delay) -> {
                services.pause().accept(delay);
                signIns.refused(visit, Optional.of(login), "code");
                yield page(visit, 422, login, onward, wrong(visit));
            }
            case SecondStepResult.TooMany(var until) -> {
                var wait = Math.max(1, Duration.between(services.time().instant(), until).toSeconds());
                var problem = new FieldProblem(CODE, visit.say("error.sign-in.later", visit.view().hour(until)));
                yield page(visit, 429, login, onward, List.of(problem)).with("Retry-After", Long.toString(wait));
            }
        };
    }

    private static List<FieldProblem> wrong(Visit visit) {
        return List.of(new FieldProblem(CODE, visit.say("sign-in.code.wrong")));
    }

    private Answer page(Visit visit, int status, String login, Onward onward, List<FieldProblem> problems) throws SQLException {
        var secret = services.persons().secondSteps().secret(login);
        var field = TextField.of(CODE, visit.say("sign-in.code"), "")
                .hint(visit.say(secret.isPresent() ? "sign-in.code.first" : "sign-in.code.hint"))
                .autocomplete("one-time-code")
                .among(problems);
        var enrolment = secret.map(known -> Enrolment.of(known, login, services.url().get()));
        return visit.page(status, "second-step", new SecondStepModel(field, enrolment, onward, problems));
    }
}
