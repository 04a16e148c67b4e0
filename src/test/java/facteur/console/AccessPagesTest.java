package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.access.Tokens;
import facteur.console.ConsoleWorld.As;
import facteur.office.OfficeId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages of who may what.
final class AccessPagesTest {
    private static final Pattern TOKEN = Pattern.compile("fct_[A-Za-z0-9]+_[A-Za-z0-9_-]{43}");
    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String found(Pattern form, String page) {
        var matcher = form.matcher(page);
        return matcher.find() ? matcher.group() : "";
    }

    private Tokens.Addition.Made token(String name, Optional<OfficeId> office) throws SQLException {
        return (Tokens.Addition.Made) world.tokens.add(new NewToken(name, office, Set.of(Scope.LOG_READ), Optional.empty()), "test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/access/users", "/access/tokens", "/access/acts"})
    void areForOperators(String path) {
        assertThat(world.get(As.OPERATOR, path).status()).isEqualTo(200);
        assertThat(world.get(As.VIEWER, path).status()).isEqualTo(404);
        assertThat(world.get(As.ADMIN, path).status()).isEqualTo(404);
    }

    @Test
    void makeAPersonAndShowTheLinkOnce() {
        var reply = world.post(As.OPERATOR, "/access/users", "login", "An@dupont.example", "name", "An", "mail", "", "role", "admin", "offices",
                "dupont");
        assertThat(reply.page()).contains("Password link for an@dupont.example", "http://localhost:8026/password/");
        assertThat(world.get(As.OPERATOR, "/access/users").page()).contains("an@dupont.example", "dupont – Office admin")
                .doesNotContain("/password/");
        assertThat(world.acts).contains("jan: user add an@dupont.example dupont:admin");
    }

    @Test
    void refuseAPersonOfNoOffice() {
        var reply = world.post(As.OPERATOR, "/access/users", "login", "an", "role", "reader", "offices", "");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.page()).contains("Name at least one office.");
    }

    @Test
    void leaveOperatorsTheirOwnWayIn() throws SQLException {
        world.post(As.OPERATOR, "/access/users", "login", "jan", "role", "operator", "offices", "");
        assertThat(world.post(As.OPERATOR, "/access/users/disable", "login", "jan").status()).isEqualTo(422);
        assertThat(world.post(As.OPERATOR, "/access/users/roles", "login", "jan", "role", "viewer", "offices", "").status()).isEqualTo(422);
        assertThat(world.services.persons().find("jan").orElseThrow().isDisabled()).isFalse();
    }

    @Test
    void makeATokenOfTheOfficeAndShowItOnce() throws SQLException {
        var made = world.post(As.ADMIN, "/o/dupont/apps", "name", "till", "scope", "cards:write", "scope", "cards:read", "until", "");
        var text = found(TOKEN, made.page());
        assertThat(world.tokens.authenticate(text).orElseThrow().officeText()).isEqualTo("dupont");
        assertThat(world.get(As.ADMIN, "/o/dupont/apps").page()).contains("till").doesNotContain(text);
    }

    @Test
    void giveAnOfficeNoScopeOfOperators() {
        assertThat(world.post(As.ADMIN, "/o/dupont/apps", "name", "till", "scope", "sessions:create", "suite", "x").status()).isEqualTo(422);
        assertThat(world.get(As.ADMIN, "/o/dupont/apps").page()).doesNotContain("sessions:create");
    }

    @Test
    void showAnOfficeItsOwnTokensAlone() throws SQLException {
        var others = token("theirs", Optional.of(new OfficeId("peeters")));
        token("everyones", Optional.empty());
        assertThat(world.get(As.ADMIN, "/o/dupont/apps").page()).doesNotContain("theirs").doesNotContain("everyones");
        assertThat(world.post(As.ADMIN, "/o/dupont/apps/revoke", "token", others.token().id().text()).status()).isEqualTo(404);
        assertThat(world.tokens.isInUse("theirs")).isTrue();
    }

    @Test
    void revokeATokenAtOnce() throws SQLException {
        var made = token("till", Optional.of(new OfficeId("dupont")));
        assertThat(world.post(As.ADMIN, "/o/dupont/apps/revoke", "token", made.token().id().text()).location())
                .isEqualTo("/o/dupont/apps?message=revoked");
        assertThat(world.tokens.isInUse("till")).isFalse();
    }

    @Test
    void areNotForReaders() {
        assertThat(world.get(As.READER, "/o/dupont/apps").status()).isEqualTo(404);
    }

    @Test
    void escapeWhatPeopleTyped() {
        assertThat(world.post(As.OPERATOR, "/access/users", "login", "<script>alert(1)</script>", "role", "operator").page())
                .doesNotContain("<script>alert");
    }
}
