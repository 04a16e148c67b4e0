package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.office.OfficeId;
import facteur.store.SettingsStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All offices, and the domains of all of them.
final class OfficesPageTest {
    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        world = new ConsoleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private SettingsStore settings() {
        return world.store.settings();
    }

    private void domain(String name, String office, String state) throws Exception {
        var _ = world.services.rules().get().desk().add(name, new OfficeId(office));
        world.database.inTransaction(statements -> statements.update("update domain set state = ?, reason = ? where name = ?", state,
                state.equals("pending") ? "" : "other text", name));
    }

    @Test
    void listsOfficesWithTheStateOfTheirSender() throws Exception {
        world.put("peeters", "{\"company\":\"Fiduciaire & Peeters <info@peeters.example>\",\"from\":{\"address\":\"info@peeters.example\"}}");
        world.put("trusting", "{\"company\":\"Trusting <info@trusted.example>\",\"from\":{\"address\":\"info@trusted.example\"}}");
        domain("peeters.example", "peeters", "suspended");
        assertThat(world.get(As.VIEWER, "/offices").page())
                .contains("Cabinet Dupont", "the shared address", "href=\"/o/dupont/mail\"")
                .contains("Fiduciaire &amp; Peeters", "suspended: no longer used", "info@peeters.example", "trusted")
                .doesNotContain("<form method=\"post\" action=\"/offices\"");
        assertThat(world.get(As.ADMIN, "/offices").status()).isEqualTo(404);
    }

    @Test
    void findsByIdAndByWhatTheSettingsSay() throws Exception {
        world.put("peeters", "{\"company\":\"Peeters 100% <info@peeters.example>\"}");
        assertThat(world.get(As.VIEWER, "/offices?q=PEET").page()).contains("/o/peeters/mail").doesNotContain("/o/dupont/mail");
        assertThat(world.get(As.VIEWER, "/offices?q=cabinet").page()).contains("/o/dupont/mail").doesNotContain("/o/peeters/mail");
        assertThat(world.get(As.VIEWER, "/offices?q=100%25").page()).contains("/o/peeters/mail").doesNotContain("/o/dupont/mail");
        assertThat(world.get(As.VIEWER, "/offices?q=d_pont").page()).contains("No office matches.");
    }

    @Test
    void makesAnOfficeOfAnIdAndACompany() throws SQLException {
        var made = world.post(As.OPERATOR, "/offices", "id", "durand", "company", "Étude Durand, notaires", "address", "info@durand.example");
        assertThat(made.location()).isEqualTo("/o/durand/mail");
        assertThat(settings().office(new OfficeId("durand")).orElseThrow().settings().toString())
                .contains("Étude Durand, notaires", "info@durand.example");
        assertThat(world.store.history().versions(new OfficeId("durand"), OptionalLong.empty(), 9).getFirst().author().actor()).isEqualTo("jan");
        assertThat(world.post(As.VIEWER, "/offices", "id", "x", "company", "X", "address", "x@x.example").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "nl"})
    void refusesWhatIsNoOffice(String language) throws SQLException {
        world.language.set(language);
        var refused = world.post(As.OPERATOR, "/offices", "id", "A B", "company", "", "address", "<b>");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page())
                .contains("href=\"#new-id\"", "href=\"#new-company\"", "href=\"#new-address\"", "value=\"A B\"")
                .contains("&lt;b&gt;")
                .doesNotContain("<b>");
        assertThat(settings().offices(Optional.empty(), 9)).hasSize(1);
    }

    @Test
    void refusesAnIdThatIsThereAndSettingsThatCanNotBe() throws SQLException {
        assertThat(world.post(As.OPERATOR, "/offices", "id", "dupont", "company", "Other", "address", "a@b.example").page())
                .contains("The office dupont is there already.");
        assertThat(settings().office(new OfficeId("dupont")).orElseThrow().settings().toString()).contains("Cabinet Dupont");
    }

    @Test
    void opensAnOfficeThatIsKeptElsewhereByItsId() {
        world.elsewhere.set(Optional.of("files"));
        assertThat(world.get(As.OPERATOR, "/offices").page()).contains("kept outside this console (files)").doesNotContain("New office");
        assertThat(world.get(As.OPERATOR, "/offices?q=dupont").location()).isEqualTo("/o/dupont/mail");
        assertThat(world.get(As.OPERATOR, "/offices?q=nowhere").page()).contains("No office matches.");
        assertThat(world.post(As.OPERATOR, "/offices", "id", "x", "company", "X", "address", "x@x.example").status()).isEqualTo(404);
    }

    @Test
    void showsTheDomainsOfAllOfficesTheWorstFirst() throws Exception {
        domain("b.example", "dupont", "pending");
        domain("a.example", "dupont", "verified");
        domain("c.example", "peeters", "failed");
        var page = world.get(As.VIEWER, "/domains").page();
        assertThat(page.indexOf("c.example")).isPositive().isLessThan(page.indexOf("b.example"));
        assertThat(page.indexOf("b.example")).isLessThan(page.indexOf("a.example"));
        assertThat(page).contains("trusted.example", "<span lang=\"en\">other text</span>").doesNotContain("/domains/look");
        assertThat(world.get(As.VIEWER, "/domains?state=failed").page()).contains("c.example").doesNotContain("b.example");
        assertThat(world.get(As.VIEWER, "/domains?q=peeters").page()).contains("c.example").doesNotContain("b.example");
        assertThat(world.get(As.VIEWER, "/domains?q=zz").page()).contains("No domain matches.");
    }

    @Test
    void looksAtADomainAndComesBackToTheSamePage() throws Exception {
        domain("b.example", "dupont", "pending");
        var looked = world.post(As.OPERATOR, "/domains/look", "domain", "b.example", "office", "dupont", "q", "b", "state", "pending");
        assertThat(looked.location()).isEqualTo("/domains?q=b&state=pending&looked=b.example&office=dupont");
        assertThat(world.get(As.OPERATOR, looked.location()).page()).contains("Checked b.example of office dupont: not verified yet.");
        assertThat(world.post(As.OPERATOR, "/domains/look", "domain", "b.example", "office", "peeters").status()).isEqualTo(404);
        assertThat(world.post(As.VIEWER, "/domains/look", "domain", "b.example", "office", "dupont").status()).isEqualTo(404);
    }
}
