package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.AccessRole;
import facteur.access.FederationSettings;
import facteur.access.LandingPage;
import facteur.access.LaunchRules;
import facteur.access.LaunchTickets;
import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.access.Tokens;
import facteur.api.ApiWorld.Extra;
import facteur.office.OfficeId;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tickets that a suite's server asks for.
final class LaunchesTest {
    private static final String SESSIONS = "/offices/dupont/sessions";
    private static final String USER = "{\"user\":{\"id\":\"4711\",\"name\":\"Jan Janssens\"},\"role\":\"admin\"}";
    private static final String START = "https://mail.example.org/launch/";

    @TempDir
    private Path folder;

    private ApiWorld api;
    private String suite;

    @BeforeEach
    void open() throws Exception {
        api = new ApiWorld(folder);
        var all = api.token("operator", "*", Set.of(Scope.SETTINGS_WRITE));
        for (var office : List.of("dupont", "durand")) {
            api.ask("PUT", "/offices/" + office, all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
        }
        suite = api.token("suite", "*", Set.of(Scope.SESSIONS_CREATE));
        api.launching.set(ApiWorld.launching("suites: [{ name: suite, offices: [dupont, nobody], return: 'https://app.example.org/offices' }]"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private String ticket(String body) {
        var reply = api.ask("POST", SESSIONS, suite, Extra.json(body));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        var url = reply.member("url").replace("\"", "");
        assertThat(url).startsWith(START);
        return url.substring(START.length());
    }

    private LaunchTickets tickets() {
        return new LaunchTickets(api.tickets());
    }

    @Test
    void aLinkIsGoodOnceWithinAMinute() throws SQLException {
        var reply = api.ask("POST", SESSIONS, suite, Extra.json(USER));
        assertThat(Instant.parse(reply.member("until").replace("\"", ""))).isEqualTo(api.time.instant().plusSeconds(60));
        var ticket = ticket(USER);
        assertThat(ticket).matches("[A-Za-z0-9_-]{43}");
        assertThat(tickets().find(ticket)).isPresent();
        var launch = tickets().redeem(ticket).orElseThrow();
        assertThat(launch.suite()).isEqualTo("suite");
        assertThat(launch.userId()).isEqualTo("4711");
        assertThat(launch.name()).isEqualTo("Jan Janssens");
        assertThat(launch.office()).isEqualTo(new OfficeId("dupont"));
        assertThat(launch.role()).isEqualTo(AccessRole.ADMIN);
        assertThat(launch.page()).isEqualTo(LandingPage.MAIL);
        assertThat(tickets().redeem(ticket)).isEmpty();
        var late = ticket(USER);
        api.time.advance(Duration.ofSeconds(60));
        assertThat(tickets().redeem(late)).isEmpty();
        assertThat(tickets().redeem("' or 1=1 --")).isEmpty();
    }

    @Test
    void onlyItsHashIsKept() throws SQLException {
        var ticket = ticket(USER);
        var rows = api.database.reading(statements -> statements.list("select digest || body from ticket", row -> row.getString(1)));
        assertThat(rows).singleElement().asString().doesNotContain(ticket);
    }

    @Test
    void keepsAllThatTheSuiteSays() throws SQLException {
        var launch = tickets().redeem(ticket("{\"user\":{\"id\":\"a/b'\",\"name\":\"Zo\u00eb\",\"email\":\"zoe@dupont.example\"},\"role\":\"reader\","
                + "\"language\":\"fr\",\"page\":\"clients\",\"return\":\"https://app.example.org/offices/1?x=y\",\"embed\":true}")).orElseThrow();
        assertThat(launch.userId()).isEqualTo("a/b'");
        assertThat(launch.email()).contains("zoe@dupont.example");
        assertThat(launch.role()).isEqualTo(AccessRole.READER);
        assertThat(launch.language()).contains("fr");
        assertThat(launch.page()).isEqualTo(LandingPage.CLIENTS);
        assertThat(launch.back()).contains(URI.create("https://app.example.org/offices/1?x=y"));
        assertThat(launch.embed()).contains("https://app.example.org");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                              | value.missing | user.id
            {"user":{"id":"1","name":"Jan"}}                                | value.missing | role
            {"user":{"id":"1"},"role":"admin"}                              | value.missing | user.name
            {"user":{"id":"1","name":"\u202E"},"role":"admin"}              | value.missing | user.name
            {"user":{"id":"","name":"Jan"},"role":"admin"}                  | value.missing | user.id
            {"user":{"id":"a b","name":"Jan"},"role":"admin"}               | value.invalid | user.id
            {"user":{"id":"1","name":"Jan","email":"jan"},"role":"admin"}   | value.invalid | user.email
            {"user":{"id":"1","name":"Jan","admin":true},"role":"admin"}    | key.unknown   | user.admin
            {"user":{"id":"1","name":"Jan"},"role":"operator"}              | value.invalid | role
            {"user":{"id":"1","name":"Jan"},"role":"viewer"}                | value.invalid | role
            {"user":{"id":"1","name":"Jan"},"role":["admin"]}               | value.type    | role
            {"user":{"id":"1","name":"Jan"},"role":"admin","office":"durand"} | key.unknown | office
            {"user":{"id":"1","name":"Jan"},"role":"admin","suite":"other"} | key.unknown   | suite
            {"user":{"id":"1","name":"Jan"},"role":"admin","page":"queue"}  | value.invalid | page
            {"user":{"id":"1","name":"Jan"},"role":"admin","language":"de"} | value.invalid | language
            {"user":{"id":"1","name":"Jan"},"role":"admin","return":"https://evil.example/offices"}      | value.invalid | return
            {"user":{"id":"1","name":"Jan"},"role":"admin","return":"https://app.example.org/officesx"}  | value.invalid | return
            {"user":{"id":"1","name":"Jan"},"role":"admin","return":"//app.example.org/offices"}         | value.invalid | return
            {"user":{"id":"1","name":"Jan"},"role":"admin","return":"/\\\\evil.example"}                | value.invalid | return
            """)
    void refusesWhatASuiteCantSay(String body, String code, String key) {
        var reply = api.ask("POST", SESSIONS, suite, Extra.json(body));
        assertThat(reply.refusal()).startsWith("422 ");
        assertThat(reply.text()).contains("\"code\":\"" + code + "\"").contains("\"key\":\"" + key + "\"");
    }

    @Test
    void framesAreForOriginsThatTheOperatorLists() {
        var now = api.launching.get();
        api.launching.set(new LaunchRules(true, now.url(), now.federation(), List.of("https://other.example.org")));
        var reply = api.ask("POST", SESSIONS, suite, Extra.json(USER.replace("\"admin\"", "\"admin\",\"embed\":true")));
        assertThat(reply.refusal()).isEqualTo("422 not-allowed");
    }

    /// Of its token, and of its suite.
    @Test
    void opensOnlyItsOffices() throws SQLException {
        assertThat(api.ask("POST", "/offices/durand/sessions", suite, Extra.json(USER)).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("POST", "/offices/never/sessions", suite, Extra.json(USER)).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("POST", "/offices/nobody/sessions", suite, Extra.json(USER)).refusal()).isEqualTo("404 missing");
        var durand = api.token("durand-suite", "durand", Set.of(Scope.SESSIONS_CREATE));
        assertThat(api.ask("POST", SESSIONS, durand, Extra.json(USER)).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("POST", "/offices/durand/sessions", durand, Extra.json(USER)).refusal()).isEqualTo("403 forbidden");
    }

    @Test
    void needsASuiteAndPages() throws SQLException {
        var other = new NewToken("other", Optional.empty(), Set.of(Scope.SESSIONS_CREATE), Optional.of("other"), Optional.empty());
        var token = api.tokens.add(other, "test") instanceof Tokens.Addition.Made(_, var text) ? text.reveal() : "";
        assertThat(api.ask("POST", SESSIONS, token, Extra.json(USER)).refusal()).isEqualTo("409 suite.unknown");
        api.launching.set(new LaunchRules(true, URI.create("https://mail.example.org"), FederationSettings.NONE, List.of()));
        assertThat(api.ask("POST", SESSIONS, suite, Extra.json(USER)).refusal()).isEqualTo("409 suite.unknown");
        api.launching.set(new LaunchRules(false, URI.create("https://mail.example.org"), FederationSettings.NONE, List.of()));
        assertThat(api.ask("POST", SESSIONS, suite, Extra.json(USER)).refusal()).isEqualTo("409 pages.off");
    }

    /// Settings from files or a service have pages, too.
    @Test
    void worksWhereverSettingsAre() {
        api.elsewhere.set(Optional.of("files"));
        assertThat(api.ask("POST", SESSIONS, suite, Extra.json(USER)).status()).isEqualTo(201);
    }
}
