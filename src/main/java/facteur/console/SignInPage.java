package facteur.console;

import facteur.access.SignInResult;
import facteur.web.Answer;
import facteur.web.OwnPath;
import facteur.web.SetCookie;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Signing in by name and password, and signing out. Thread-safe.
final class SignInPage {
    static final String PATH = "/sign-in";
    private static final String SECOND_STEP = "/sign-in/second-step";

    private final Services services;
    private final SignIns signIns;

    SignInPage(Services services, SignIns signIns) {
        this.services = services;
        this.signIns = signIns;
    }

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.NONE, this::show),
                Page.post(PATH, Page.Need.NONE, this::signIn),
                Page.post("/sign-out", Page.Need.NONE, this::signOut));
    }

    private Answer show(Visit visit) {
        var request = visit.request();
        var message = request.query("message")
                .filter(word -> List.of("password-set", "signed-out").contains(word))
                .map(word -> visit.say("sign-in." + word));
        return page(visit, 200, "", Onward.of(request), List.of(), message);
    }

    /// To whom a page or a form isn't answered: after signing in, it is. A part of a page is only refused; the page around it stays.
    Answer needed(Visit visit) {
        var request = visit.request();
        if (visit.isPartial()) {
            return Answer.empty(403);
        }
        if (request.isSafe()) {
            var page = visit.sessionIfAny().isPresent() ? SECOND_STEP : PATH;
            // To an address without end, there is no way back.
            return Answer.seeOther(OwnPath.isOne(request.target()) ? page + "?to=" + Paths.encode(request.target()) : page);
        }
        var onward = new Onward("/", Carried.of(request));
        return page(visit, 200, "", onward, List.of(), Optional.of(visit.say("error.session.over")));
    }

    private Answer signIn(Visit visit) throws SQLException {
        var form = visit.request().form();
        var login = form.text("login").strip();
        var onward = Onward.of(form);
        return switch (services.persons().signIn(login, form.text("password"), visit.request().address())) {
            case SignInResult.Good(var person, var delay) -> {
                services.pause().accept(delay);
                var begun = signIns.begin(visit, person);
                var next = begun.session().needsSecondStep() ? secondStep(visit, onward) : onward.go(visit);
                yield SignIns.with(next, visit.request(), begun);
            }
            case SignInResult.Wrong(var delay, var known) -> {
                services.pause().accept(delay);
                signIns.refused(visit, known, "password");
                yield page(visit, 422, login, onward, List.of(new FieldProblem("login", visit.say("error.sign-in.failed"))), Optional.empty());
            }
            case SignInResult.TooMany(var until) -> {
                var wait = Math.max(1, Duration.between(services.time().instant(), until).toSeconds());
                var problem = new FieldProblem("login", visit.say("error.sign-in.later", visit.view().hour(until)));
                yield page(visit, 429, login, onward, List.of(problem), Optional.empty()).with("Retry-After", Long.toString(wait));
            }
            case SignInResult.Busy() ->
                page(visit, 503, login, onward, List.of(new FieldProblem("", visit.say("error.sign-in.busy"))), Optional.empty())
                        .with("Retry-After", "5");
        };
    }

    /// A form that is carried along would be lost in a redirect.
    private static Answer secondStep(Visit visit, Onward onward) {
        return onward.carried().isPresent()
                ? visit.page(200, "again", new Carried(SECOND_STEP, onward.hidden()))
                : Answer.seeOther(SECOND_STEP + "?to=" + Paths.encode(onward.to()));
    }

    private Answer page(
            Visit visit, int status, String login, Onward onward, List<FieldProblem> problems, Optional<String> message) {
        var name = TextField.of("login", visit.say("sign-in.login"), login).autocomplete("username").among(problems);
        var password = TextField.of("password", visit.say("sign-in.password"), "").type("password").autocomplete("current-password");
        return visit.page(status, "sign-in", new SignInModel(name, password, onward, problems, message, ProviderPage.name(services)));
    }

    private Answer signOut(Visit visit) throws SQLException {
        if (visit.sessionIfAny().isPresent()) {
            services.sessions().end(visit.session().id());
        }
        return Answer.seeOther(PATH + "?message=signed-out")
                .withCookie(SetCookie.session(visit.request(), "").deleted())
                .clearingCache();
    }
}
