package facteur.browser;

import facteur.access.Grant;
import facteur.access.NewPerson;
import facteur.office.OfficeId;
import java.util.List;
import java.util.Optional;

/// Persons with an account at every [ConsoleDaemon].
public enum As {
    /// Of office dupont.
    ADMIN("jan", "Jan Janssens", Grant.admin(new OfficeId("dupont"))),
    /// Of office dupont, too.
    COLLEAGUE("an", "An Peeters", Grant.admin(new OfficeId("dupont"))),
    READER("piet", "Piet Pieters", Grant.reader(new OfficeId("dupont"))),
    /// Of office martin.
    OTHER("marie", "Marie Martin", Grant.admin(new OfficeId("martin"))),
    OPERATOR("olga", "Olga Operator", Grant.operator()),
    VIEWER("hugo", "Hugo Helpdesk", Grant.viewer());

    private final String login;
    private final String shown;
    private final Grant grant;

    As(String login, String shown, Grant grant) {
        this.login = login;
        this.shown = shown;
        this.grant = grant;
    }

    public String login() {
        return login;
    }

    /// The person's name.
    public String shown() {
        return shown;
    }

    NewPerson person() {
        return new NewPerson(login, shown, Optional.empty(), List.of(grant));
    }
}
