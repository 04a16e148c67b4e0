package facteur.browser;

import facteur.access.AccessRole;
import facteur.access.Grant;
import facteur.access.NewPerson;
import facteur.office.OfficeId;
import java.util.List;
import java.util.Optional;

/// Persons with an account at every [ConsoleDaemon].
public enum As {
    /// Of office dupont.
    ADMIN("jan", "Jan Janssens", AccessRole.ADMIN, "dupont"),
    /// Of office dupont, too.
    COLLEAGUE("an", "An Peeters", AccessRole.ADMIN, "dupont"),
    READER("piet", "Piet Pieters", AccessRole.READER, "dupont"),
    /// Of office martin.
    OTHER("marie", "Marie Martin", AccessRole.ADMIN, "martin"),
    OPERATOR("olga", "Olga Operator", AccessRole.OPERATOR, ""),
    VIEWER("hugo", "Hugo Helpdesk", AccessRole.VIEWER, "");

    private final String login;
    private final String shown;
    private final AccessRole role;
    private final String office;

    As(String login, String shown, AccessRole role, String office) {
        this.login = login;
        this.shown = shown;
        this.role = role;
        this.office = office;
    }

    public String login() {
        return login;
    }

    /// The person's name.
    public String shown() {
        return shown;
    }

    NewPerson person() {
        return new NewPerson(login, shown, Optional.empty(), List.of(new Grant(OfficeId.parse(office), role)));
    }
}
