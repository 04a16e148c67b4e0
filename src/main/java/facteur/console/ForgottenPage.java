package facteur.console;

import facteur.web.Answer;
import java.util.List;

/// A link for another password, by mail. What it says is the same whether there is such an account. Thread-safe.
final class ForgottenPage {
    private static final String PATH = "/sign-in/forgotten";

    private final Services services;

    ForgottenPage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(Page.get(PATH, Page.Need.NONE, ForgottenPage::show), Page.post(PATH, Page.Need.NONE, this::send));
    }

    private static Answer show(Visit visit) {
        var login = TextField.of("login", visit.say("sign-in.login"), "").autocomplete("username");
        return visit.page(200, "forgotten", new ForgottenModel(login));
    }

    private Answer send(Visit visit) {
        services.forgotten().accept(visit.request().form().text("login"));
        return visit.notice(200, visit.say("sign-in.forgotten.title"), visit.say("sign-in.forgotten.done"));
    }
}
