package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.AccessRole;
import facteur.access.Grant;
import facteur.access.NewPerson;
import facteur.access.Persons;
import facteur.access.TicketKind;
import facteur.access.Totp;
import facteur.console.ConsoleWorld.As;
import facteur.journal.MailEvent;
import facteur.office.OfficeId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignInTest {
    private static final String PASSWORD = "correct horse battery";
    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void person(String login, AccessRole role, Optional<String> office) throws SQLException {
        var wanted = new NewPerson(login, "", Optional.empty(), List.of(new Grant(office.map(OfficeId::new), role)));
        if (world.services.persons().add(wanted, "test") instanceof Persons.Addition.Made(_, var link)) {
            world.services.persons().setPassword(link.text(), PASSWORD);
        }
    }

    private void an() throws SQLException {
        person("an", AccessRole.ADMIN, Optional.of("dupont"));
    }

    @Test
    void sendsAStrangerToSignInAndBack() throws SQLException {
        an();
        assertThat(world.get(As.STRANGER, "/me?x=1").location()).isEqualTo("/sign-in?to=%2Fme%3Fx%3D1");
        assertThat(world.get(As.STRANGER, "/sign-in?to=%2Fme%3Fx%3D1").page()).contains("name=\"to\" value=\"/me?x=1\"");
        var reply = world.post(As.STRANGER, "/sign-in", "login", "An", "password", PASSWORD, "to", "/me?x=1");
        assertThat(reply.location()).isEqualTo("/me?x=1");
        assertThat(world.get(reply.cookie(), "/me").page()).contains("Where you are signed in");
    }

    /// Who set a cookie beforehand knows it: neither that one nor an earlier session goes on.
    @Test
    void takesOverNoSessionThatTheBrowserHad() throws SQLException {
        an();
        person("eve", AccessRole.ADMIN, Optional.of("peeters"));
        var ofEve = world.post(As.STRANGER, "/sign-in", "login", "eve", "password", PASSWORD).cookie();
        for (var before : List.of("A".repeat(43), ofEve)) {
            var after = world.post(before, "/sign-in", "login", "an", "password", PASSWORD).cookie();

            assertThat(after).isNotEmpty().isNotEqualTo(before);
            assertThat(world.get(before, "/me").status()).isEqualTo(303);
            assertThat(world.get(after, "/o/dupont/mail").status()).isEqualTo(200);
        }
    }

    @Test
    void sendsAStrangerToSignInFromAnAddressOfAnyLength() {
        for (var length : List.of(1_950, 1_990, 2_000, 9_000)) {
            var reply = world.get(As.STRANGER, "/queue?office=" + "x".repeat(length));

            assertThat(reply.status()).as("%d", length).isEqualTo(303);
            assertThat(reply.location()).as("%d", length).startsWith("/sign-in");
            assertThat(world.get(As.STRANGER, reply.location()).status()).isEqualTo(200);
        }
    }

    @Test
    void leadsToNoOtherHost() throws SQLException {
        an();
        assertThat(world.post(As.STRANGER, "/sign-in", "login", "an", "password", PASSWORD, "to", "//evil.example/").location()).isEqualTo("/");
    }

    @Test
    void saysTheSameOfAWrongNameAndAWrongPassword() throws SQLException {
        an();
        var name = world.post(As.STRANGER, "/sign-in", "login", "no one", "password", PASSWORD);
        var password = world.post(As.STRANGER, "/sign-in", "login", "an", "password", "wrong horse battery");
        assertThat(name.status()).isEqualTo(password.status()).isEqualTo(422);
        assertThat(name.page().replace("no one", "an")).isEqualTo(password.page()).contains("Name or password is wrong.", "<title>Error: ");
        assertThat(name.cookie()).isEmpty();
    }

    @Test
    void neverRepeatsAPassword() throws SQLException {
        an();
        assertThat(world.post(As.STRANGER, "/sign-in", "login", "an", "password", "secret horse battery").page()).doesNotContain("secret horse");
    }

    @Test
    void keepsAFormThatCameWithoutASession() throws SQLException {
        an();
        var page = world.post(As.STRANGER, "/me/second-step", "company", "Dupont & <fils>", "note", "because");
        assertThat(page.page()).contains("Your session has ended", "name=\"kept.company\" value=\"Dupont &amp; &lt;fils>\"");
        var reply = world.post(
                As.STRANGER, "/sign-in", "login", "an", "password", PASSWORD, "to", "/", "again", "/me/second-step", "kept.company",
                "Dupont & <fils>");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.page()).contains("action=\"/me/second-step\"", "name=\"company\" value=\"Dupont &amp; &lt;fils>\"").doesNotContain(PASSWORD);
    }

    /// A few at once: a thousand strangers with a quarter of a megabyte each would take the memory of letters.
    @Test
    void keepsLongFormsOfStrangersUntilTheyAreSent() {
        for (var i = 0; i < 20; i++) {
            var sent = world.post(As.STRANGER, "/o/dupont/mail", "version", "1", "note", "x".repeat(200_000));
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.page()).contains("x".repeat(200_000));
        }
        assertThat(world.post(As.STRANGER, "/sign-in", "login", "x".repeat(100_000), "password", "").status()).isEqualTo(422);
    }

    @Test
    void keepsNoPasswordOfAFormThatCameWithoutASession() {
        assertThat(world.post(As.STRANGER, "/me/password", "password", "a secret of mine").page()).doesNotContain("a secret of mine");
    }

    @Test
    void letsAnOperatorEnrolASecondStep() throws SQLException {
        person("op", AccessRole.OPERATOR, Optional.empty());
        var half = world.post(As.STRANGER, "/sign-in", "login", "op", "password", PASSWORD, "to", "/me");
        assertThat(half.location()).isEqualTo("/sign-in/second-step?to=%2Fme");
        assertThat(world.get(half.cookie(), "/me").location()).startsWith("/sign-in/second-step");
        assertThat(world.get(half.cookie(), "/sign-in/second-step?to=%2Fme").page()).contains("<path fill=\"#000\"", "Set up your second step");
        assertThat(world.post(half.cookie(), "/sign-in/second-step", "code", "000000").status()).isEqualTo(422);
        var secret = world.services.persons().secondSteps().secret("op").orElseThrow();
        var whole = world.post(half.cookie(), "/sign-in/second-step", "code", Totp.code(secret, world.time.instant()), "to", "/me");
        assertThat(whole.page()).contains("Your recovery codes", "href=\"/me\"");
        assertThat(world.get(whole.cookie(), "/me").status()).isEqualTo(200);
        assertThat(world.get(half.cookie(), "/me").status()).isEqualTo(303);
        assertThat(world.journal.events(MailEvent.SecondStepChanged.class)).singleElement().satisfies(event -> {
            assertThat(event.person()).isEqualTo("op");
            assertThat(event.change()).isEqualTo("enrolled");
        });
    }

    @Test
    void setsAPasswordByALinkOnce() throws SQLException {
        an();
        var link = world.services.persons().reset("an").orElseThrow().text();
        assertThat(world.get(As.STRANGER, "/password/" + link).page()).contains("For the account an.");
        assertThat(world.post(As.STRANGER, "/password/" + link, "password", "short").page()).contains("Use 12 characters at least.");
        assertThat(world.post(As.STRANGER, "/password/" + link, "password", "another horse battery").location())
                .isEqualTo("/sign-in?message=password-set");
        assertThat(world.get(As.STRANGER, "/password/" + link).page()).contains("This link no longer works");
        assertThat(world.journal.events(MailEvent.PasswordChanged.class)).extracting(MailEvent.PasswordChanged::person).containsExactly("an");
    }

    @Test
    void sendsALinkByMailAndSaysTheSameOfAnyName() throws SQLException {
        an();
        assertThat(world.get(As.STRANGER, "/sign-in/forgotten").page()).contains("Forgotten your password?", "Send me a link");
        var known = world.post(As.STRANGER, "/sign-in/forgotten", "login", "an");
        var unknown = world.post(As.STRANGER, "/sign-in/forgotten", "login", "<script>");
        assertThat(known.status()).isEqualTo(unknown.status()).isEqualTo(200);
        assertThat(known.page()).isEqualTo(unknown.page()).contains("If there is such an account");
        assertThat(world.forgotten).containsExactly("an", "<script>");
    }

    @Test
    void makesTheFirstOperatorByTheLinkThatTheRelayPrints() throws SQLException {
        var link = world.services.tickets().make(TicketKind.FIRST, "", "").text();
        assertThat(world.get(As.STRANGER, "/first/" + link).page()).contains("Set up the console");
        assertThat(world.post(As.STRANGER, "/first/" + link, "login", "op", "password", "short").status()).isEqualTo(422);
        var reply = world.post(As.STRANGER, "/first/" + link, "login", "op", "password", PASSWORD);
        assertThat(reply.location()).isEqualTo("/");
        assertThat(reply.cookie()).isNotEmpty();
        assertThat(world.get(As.STRANGER, "/first/" + link).page()).contains("This link no longer works");
    }

    @Test
    void signsOut() throws SQLException {
        an();
        var cookie = world.post(As.STRANGER, "/sign-in", "login", "an", "password", PASSWORD).cookie();
        var reply = world.post(cookie, "/sign-out");
        assertThat(reply.fields().get("Clear-Site-Data")).isEqualTo("\"cache\"");
        assertThat(world.get(cookie, "/me").status()).isEqualTo(303);
    }

    @Test
    void refusesAFormOfAnotherSite() {
        var reply = world.ask("POST", "/sign-in", Map.of("Host", "localhost", "Sec-Fetch-Site", "cross-site"), "");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.page()).contains("This request comes from another site.");
    }

    @Test
    void endsOwnSessionsAlone() throws SQLException {
        an();
        person("piet", AccessRole.READER, Optional.of("dupont"));
        var an = world.post(As.STRANGER, "/sign-in", "login", "an", "password", PASSWORD).cookie();
        var piet = world.post(As.STRANGER, "/sign-in", "login", "piet", "password", PASSWORD).cookie();
        var id = world.services.sessions().find(piet).orElseThrow().id().text();
        assertThat(world.post(an, "/me/sessions/end", "session", id).status()).isEqualTo(404);
        assertThat(world.get(piet, "/me").status()).isEqualTo(200);
    }
}
