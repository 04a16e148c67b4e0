package facteur.console;

import facteur.access.AccessRole;
import facteur.access.Grant;
import facteur.access.Holder;
import facteur.access.NewPerson;
import facteur.access.Person;
import facteur.access.Persons;
import facteur.access.Tickets;
import facteur.office.OfficeId;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who has an account, what they may do, and links for their passwords. Immutable.
record UsersPage(Services services) {
    private static final String PATH = "/access/users";
    private static final List<String> MESSAGES = List.of("disabled", "enabled", "changed", "second-step-removed");

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.OPERATE, this::show),
                Page.post(PATH, Page.Need.OPERATE, this::add),
                Page.post(PATH + "/roles", Page.Need.OPERATE, this::changeRoles),
                Page.post(PATH + "/disable", Page.Need.OPERATE, this::disable),
                Page.post(PATH + "/enable", Page.Need.OPERATE, this::enable),
                Page.post(PATH + "/link", Page.Need.OPERATE, this::link),
                Page.post(PATH + "/second-step", Page.Need.OPERATE, this::removeSecondStep));
    }

    /// @param link made just now
    /// @param changed whose roles are being changed
    private record Shown(
            int status, UserForm form, Optional<UsersModel.Link> link, Optional<String> changed, List<FieldProblem> problems,
            Optional<String> message) {
        static Shown of(UserForm form) {
            return new Shown(200, form, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        }

        Shown changing(String login) {
            return new Shown(status, form, link, Optional.of(login), problems, message);
        }

        Shown refused(List<FieldProblem> wrong) {
            return new Shown(422, form, link, changed, wrong, message);
        }
    }

    private Answer show(Visit visit) throws SQLException {
        var request = visit.request();
        var wanted = request.query("login");
        if (wanted.isPresent()) {
            var person = services.persons().find(wanted.get());
            return person.isEmpty() ? visit.notFound() : page(visit, Shown.of(UserForm.of(person.get())).changing(person.get().login()));
        }
        var message = request.query("message").filter(MESSAGES::contains).map(word -> visit.say("access." + word));
        return page(visit, new Shown(200, UserForm.EMPTY, Optional.empty(), Optional.empty(), List.of(), message));
    }

    private Answer add(Visit visit) throws SQLException {
        var form = UserForm.of(visit.request().form());
        var problems = new ArrayList<FieldProblem>();
        var grants = form.grants(visit, problems);
        var address = form.address(visit, problems);
        if (!problems.isEmpty()) {
            return page(visit, Shown.of(form).refused(problems));
        }
        try {
            return switch (services.persons().add(new NewPerson(form.login(), form.name(), address, grants), actor(visit))) {
                case Persons.Addition.Made(var person, var link) -> {
                    record(visit, "user add " + person.login() + " " + words(grants));
                    yield page(visit,
                            new Shown(200, UserForm.EMPTY, Optional.of(link(person.login(), link)), Optional.empty(), List.of(), Optional.empty()));
                }
                case Persons.Addition.LoginTaken _ ->
                    page(visit, Shown.of(form).refused(List.of(new FieldProblem("login", visit.say("sign-in.login.taken")))));
            };
        } catch (IllegalArgumentException badLogin) {
            return page(visit, Shown.of(form).refused(List.of(new FieldProblem("login", visit.say("sign-in.login.form")))));
        }
    }

    private static String words(List<Grant> grants) {
        return grants.stream().map(Grant::toString).collect(Collectors.joining(","));
    }

    private static String actor(Visit visit) {
        return visit.author("").shown();
    }

    private void record(Visit visit, String command) {
        services.acts().record(actor(visit), command);
    }

    private UsersModel.Link link(String login, Tickets.Made link) {
        return new UsersModel.Link(login, services.url().get() + "/password/" + link.text(), link.ticket().until());
    }

    private Answer changeRoles(Visit visit) throws SQLException {
        var form = UserForm.of(visit.request().form());
        var problems = new ArrayList<FieldProblem>();
        var grants = form.grants(visit, problems);
        var shown = Shown.of(form).changing(form.login());
        if (isSelf(visit, form.login()) && grants.stream().noneMatch(grant -> grant.role() == AccessRole.OPERATOR)) {
            problems.add(new FieldProblem("roles", visit.say("access.self")));
        }
        if (!problems.isEmpty()) {
            return page(visit, shown.refused(problems));
        }
        if (services.persons().grant(form.login(), grants).isEmpty()) {
            return visit.notFound();
        }
        record(visit, "user grant " + form.login() + " " + words(grants));
        return Answer.seeOther(PATH + "?message=changed");
    }

    /// Who shuts themselves out could shut out the last operator.
    private static boolean isSelf(Visit visit, String login) {
        return visit.session().holder() instanceof Holder.Person person && person.login().equals(login);
    }

    private Answer disable(Visit visit) throws SQLException {
        var login = visit.request().form().text("login");
        if (isSelf(visit, login)) {
            return page(visit, Shown.of(UserForm.EMPTY).refused(List.of(new FieldProblem("", visit.say("access.self")))));
        }
        return services.persons().disable(login, actor(visit)).isEmpty() ? visit.notFound() : done(visit, "user disable " + login, "disabled");
    }

    private Answer done(Visit visit, String command, String message) {
        record(visit, command);
        return Answer.seeOther(PATH + "?message=" + message);
    }

    private Answer enable(Visit visit) throws SQLException {
        var login = visit.request().form().text("login");
        return services.persons().enable(login).isEmpty() ? visit.notFound() : done(visit, "user enable " + login, "enabled");
    }

    private Answer link(Visit visit) throws SQLException {
        var login = visit.request().form().text("login");
        var link = services.persons().reset(login);
        if (link.isEmpty()) {
            return visit.notFound();
        }
        record(visit, "user reset " + login);
        return page(visit, new Shown(200, UserForm.EMPTY, link.map(made -> link(login, made)), Optional.empty(), List.of(), Optional.empty()));
    }

    private Answer removeSecondStep(Visit visit) throws SQLException {
        var login = visit.request().form().text("login");
        var person = services.persons().find(login).filter(Person::hasSecondStep);
        if (person.isEmpty() || isSelf(visit, login)) {
            return visit.notFound();
        }
        services.persons().secondSteps().remove(login);
        return done(visit, "user reset " + login + " --second-step", "second-step-removed");
    }

    private Answer page(Visit visit, Shown shown) throws SQLException {
        var form = shown.form();
        var problems = shown.problems();
        return visit.page(shown.status(), "users", new UsersModel(
                shown.link(),
                services.persons().list().stream().map(person -> line(visit, person)).toList(),
                shown.changed(),
                TextField.of("login", visit.say("access.login"), form.login()).hint(visit.say("access.login.hint")).autocomplete("off")
                        .among(problems),
                TextField.of("name", visit.say("access.name"), form.name()).autocomplete("off").among(problems),
                TextField.of("mail", visit.say("access.mail"), form.mail()).hint(visit.say("access.mail.hint")).type("email").autocomplete("off")
                        .among(problems),
                Stream.of(AccessRole.values())
                        .map(role -> new UsersModel.Choice(role.word(), visit.say("access.role." + role.word()), role.word().equals(form.role())))
                        .toList(),
                TextField.of("offices", visit.say("access.offices"), form.offices()).hint(visit.say("access.offices.hint")).autocomplete("off")
                        .among(problems),
                problems,
                shown.message()));
    }

    private static UsersModel.Line line(Visit visit, Person person) {
        var state = person.isDisabled()
                ? new StateWord(visit.say("access.state.disabled"), StateWord.BAD)
                : new StateWord(
                        visit.say(person.hasPassword() ? "access.state.good" : "access.state.no-password"),
                        person.hasPassword() ? StateWord.OK : StateWord.WARN);
        return new UsersModel.Line(
                person.login(),
                PATH + "?login=" + Paths.encode(person.login()),
                person.name(),
                person.rights().grants().stream().map(grant -> role(visit, grant)).toList(),
                state,
                person.hasSecondStep(),
                person.signedInAt(),
                person.isDisabled(),
                isSelf(visit, person.login()));
    }

    private static String role(Visit visit, Grant grant) {
        var role = visit.say("access.role." + grant.role().word());
        return grant.office().map(OfficeId::text).map(office -> office + " – " + role).orElse(role);
    }
}
