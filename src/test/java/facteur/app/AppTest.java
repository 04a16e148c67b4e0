package facteur.app;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.OfficeId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AppTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final OfficeId DURAND = new OfficeId("durand");

    @Test
    void sendsForItsFirstOfficeByDefault() {
        assertThat(app(App.Scope.LISTED, DUPONT, DURAND).office(Optional.empty())).contains(DUPONT);
    }

    @Test
    void sendsForTheOfficesItListsOnly() {
        var app = app(App.Scope.LISTED, DUPONT, DURAND);
        assertThat(app.office(Optional.of("durand"))).contains(DURAND);
        assertThat(app.office(Optional.of("other"))).isEmpty();
        assertThat(app.office(Optional.of("../dupont"))).isEmpty();
        assertThat(app.office(Optional.of("Dupont"))).isEmpty();
    }

    @Test
    void sendsForAnyOfficeThatItNames() {
        var app = app(App.Scope.ANY);
        assertThat(app.office(Optional.of("other"))).contains(new OfficeId("other"));
        assertThat(app.office(Optional.of("no office"))).isEmpty();
        assertThat(app.office(Optional.empty())).isEmpty();
    }

    private static App app(App.Scope scope, OfficeId... offices) {
        return new App("suite", List.of(offices), scope);
    }
}
