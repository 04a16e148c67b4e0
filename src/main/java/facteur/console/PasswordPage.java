package facteur.console;

import facteur.access.Grant;
import facteur.access.NewPerson;
import facteur.access.PasswordFlaw;
import facteur.access.PasswordResult;
import facteur.access.TicketKind;
import facteur.journal.MailEvent;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Passwords that are set by a link: of a person whom an operator has made, and of the first operator, whose link the relay prints.
/// Thread-safe.
final class PasswordPage {
    private static final String PATH = "/password/{ticket}";
    private static final String FIRST = "/first/{ticket}";
    private static final String BY = "first link";

    private final Services services;
    private final SignIns signIns;

    PasswordPage(Services services, SignIns signIns) {
        this.services = services;
        this.signIns = signIns;
    }

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.NONE, this::show),
                Page.post(PATH, Page.Need.NONE, this::set),
                Page.get(FIRST, Page.Need.NONE, this::showFirst),
                Page.post(FIRST, Page.Need.NONE, this::makeFirst));
    }

    private Answer show(Visit visit) throws SQLException {
        var ticket = services.tickets().find(TicketKind.PASSWORD, visit.request().variable("ticket"));
        return ticket.isEmpty() ? used(visit) : page(visit, 200, false, ticket.get().subject(), List.of());
    }

    private static Answer used(Visit visit) {
        return visit.notice(404, visit.say("sign-in.link-used"), visit.say("sign-in.link-used.text"));
    }

    private Answer set(Visit visit) throws SQLException {
        var text = visit.request().variable("ticket");
        var ticket = services.tickets().find(TicketKind.PASSWORD, text);
        if (ticket.isEmpty()) {
            return used(visit);
        }
        return switch (services.persons().setPassword(text, visit.request().form().text("password"))) {
            case PasswordResult.Set(var login) -> {
                services.journal().record(new MailEvent.PasswordChanged(visit.request().peer(), login, "link"));
                yield Answer.seeOther(SignInPage.PATH + "?message=password-set");
            }
            case PasswordResult.Unfit(var flaw) -> page(visit, 422, false, ticket.get().subject(), List.of(problem(visit, flaw)));
            case PasswordResult.NoTicket() -> used(visit);
            case PasswordResult.Busy() ->
                page(visit, 503, false, ticket.get().subject(), List.of(new FieldProblem("", visit.say("error.sign-in.busy"))));
        };
    }

    static FieldProblem problem(Visit visit, PasswordFlaw flaw) {
        return new FieldProblem("password", visit.say("sign-in.flaw." + flaw.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    private Answer showFirst(Visit visit) throws SQLException {
        return services.tickets().find(TicketKind.FIRST, visit.request().variable("ticket")).isEmpty()
                ? used(visit)
                : page(visit, 200, true, "", List.of());
    }

    /// Makes an operator of the holder of the link, which is used up when the password is set.
    private Answer makeFirst(Visit visit) throws SQLException {
        var text = visit.request().variable("ticket");
        if (services.tickets().find(TicketKind.FIRST, text).isEmpty()) {
            return used(visit);
        }
        var form = visit.request().form();
        var login = form.text("login").strip();
        NewPerson wanted;
        try {
            wanted = new NewPerson(login, "", Optional.empty(), List.of(Grant.operator()));
        } catch (IllegalArgumentException badLogin) {
            return page(visit, 422, true, login, List.of(new FieldProblem("login", visit.say("sign-in.login.form"))));
        }
        return switch (services.persons().addFirst(text, wanted, form.text("password"), BY)) {
            case PasswordResult.Set(var set) -> {
                var person = services.persons().find(set);
                yield person.isEmpty()
                        ? Answer.seeOther(SignInPage.PATH)
                        : SignIns.with(Answer.seeOther("/"), visit.request(), signIns.begin(visit, person.get()));
            }
            case PasswordResult.Unfit(var flaw) -> page(visit, 422, true, login, List.of(problem(visit, flaw)));
            case PasswordResult.NoTicket() -> used(visit);
            case PasswordResult.Busy() -> page(visit, 503, true, login, List.of(new FieldProblem("", visit.say("error.sign-in.busy"))));
        };
    }

    private static Answer page(Visit visit, int status, boolean isFirst, String login, List<FieldProblem> problems) {
        var name = TextField.of("login", visit.say("sign-in.login"), login).autocomplete("username").among(problems);
        var password = TextField.of("password", visit.say("sign-in.new-password"), "")
                .hint(visit.say("sign-in.new-password.hint"))
                .type("password")
                .autocomplete("new-password")
                .among(problems);
        return visit.page(status, "password", new PasswordModel(visit.request().target(), isFirst, name, password, problems));
    }
}
