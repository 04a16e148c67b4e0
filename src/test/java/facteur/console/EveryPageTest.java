package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.console.ConsoleWorld.Reply;
import facteur.office.OfficeId;
import facteur.web.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for each page, whichever is added.
final class EveryPageTest {
    /// For all who come: the pages of signing in, and what these load. One more is a decision.
    private static final Set<String> FOR_ALL = Set.of(
            "GET /a/{file}", "GET /language",
            "GET /sign-in", "POST /sign-in", "POST /sign-out", "GET /sign-in/second-step", "POST /sign-in/second-step",
            "GET /sign-in/forgotten", "POST /sign-in/forgotten", "GET /sign-in/oidc", "GET /sign-in/oidc/back",
            "GET /password/{ticket}", "POST /password/{ticket}", "GET /first/{ticket}", "POST /first/{ticket}",
            "GET /launch", "POST /launch", "GET /launch/{ticket}", "POST /launch/{ticket}", "GET /framed/{ticket}");

    /// Forms of an office that change nothing.
    private static final Set<String> TRIALS =
            Set.of("POST /o/{office}/mail/preview", "POST /o/{office}/mail/replay", "POST /o/{office}/try");

    private static final Map<String, String> FORM =
            Map.of("Host", "localhost", "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin");

    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
        world.put("peeters", "{\"company\":\"Kantoor Peeters <info@peeters.example>\"}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Stream<Route> pages() {
        return world.site.pages().stream().filter(route -> !FOR_ALL.contains(route.toString()));
    }

    private Stream<Route> forms() {
        return pages().filter(route -> route.method().equals("POST"));
    }

    private static String path(Route route, String office) {
        return route.path().replace("{office}", office).replaceAll("\\{[a-z]+}", "1");
    }

    private Reply ask(Route route, As as, String office) {
        var path = path(route, office);
        return route.method().equals("GET") ? world.get(as, path) : world.post(as, path, "version", "1", "company-name", "Other", "keeper", "apps");
    }

    @Test
    void isForThoseWhoHaveSignedIn() {
        assertThat(world.site.pages()).extracting(Route::toString).containsAll(FOR_ALL);
        assertThat(pages()).hasSizeGreaterThan(60).allSatisfy(route -> {
            var reply = ask(route, As.STRANGER, "dupont");
            if (route.method().equals("GET")) {
                assertThat(reply.status()).isEqualTo(303);
                assertThat(reply.location()).startsWith("/sign-in?to=%2F");
            } else {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.page()).contains("<form method=\"post\" action=\"/sign-in\">");
            }
        });
        assertNothingChanged();
    }

    @Test
    void ofAnotherOfficeIsAsIfItWereNotThere() {
        assertThat(pages().filter(route -> route.path().startsWith("/o/"))).hasSizeGreaterThan(30).allSatisfy(route -> {
            var foreign = ask(route, As.OTHER, "dupont");
            var absent = ask(route, As.OTHER, "nobody");
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.page().replace("dupont", "")).isEqualTo(absent.page().replace("nobody", ""));
        });
        assertNothingChanged();
    }

    @Test
    void ofTheRelayIsAsIfItWereNotThereForOffices() {
        assertThat(pages().filter(route -> !route.path().startsWith("/o/") && !isTheirOwn(route))).hasSizeGreaterThan(20).allSatisfy(
                route -> assertThat(List.of(As.ADMIN, As.READER)).allSatisfy(as -> assertThat(ask(route, as, "").status()).isEqualTo(404)));
        assertThat(world.acts).isEmpty();
    }

    private static boolean isTheirOwn(Route route) {
        return Set.of("/", "/stay").contains(route.path()) || route.path().startsWith("/me");
    }

    @Test
    void takesNoFormOfThoseWhoOnlyRead() {
        assertThat(forms().filter(route -> !isTheirOwn(route) && !TRIALS.contains(route.toString())))
                .allSatisfy(route -> assertThat(List.of(As.READER, As.VIEWER)).allSatisfy(as -> {
                    var reply = ask(route, as, "dupont");
                    // A look at an upstream, or at a domain, is for the helpdesk, too.
                    assertThat(as == As.VIEWER && route.path().endsWith("/look") || reply.status() == 404).as("%s", reply.status()).isTrue();
                }));
        assertNothingChanged();
    }

    @Test
    void takesNoFormOfAnotherSite() {
        var foreign = Stream.of(
                Map.of("Sec-Fetch-Site", "cross-site"), Map.of("Sec-Fetch-Site", "same-site"), Map.of("Sec-Fetch-Site", "none"),
                Map.of("Origin", "null"), Map.of("Origin", "https://evil.example"), Map.<String, String>of()).toList();
        var all = world.site.pages().stream().filter(route -> route.method().equals("POST") && !route.path().equals("/launch"));
        assertThat(all).hasSizeGreaterThan(40).allSatisfy(route -> assertThat(foreign).allSatisfy(said -> {
            var head = new HashMap<>(FORM);
            head.remove("Sec-Fetch-Site");
            head.putAll(said);
            head.put("Cookie", "facteur=OPERATOR");
            assertThat(world.ask("POST", path(route, "dupont"), head, "version=1").status()).isEqualTo(403);
        }));
        assertNothingChanged();
    }

    /// Not with a fault of ours, nor as if it were done.
    @Test
    void saysSoWhenTheDatabaseIsAway() {
        world.database.close();
        assertThat(world.site.pages()).allSatisfy(route -> assertThat(List.of(As.OPERATOR, As.ADMIN)).allSatisfy(as -> {
            var reply = ask(route, as, "dupont");
            assertThat(reply.status()).isNotEqualTo(500);
            if (reply.status() == 503) {
                assertThat(reply.fields()).containsKey("Retry-After");
            }
        }));
    }

    /// Form fields without end, twice, and none: each is told what is wrong with it.
    @Test
    void failsOnNoForm() {
        var bodies =
                List.of("", "a=1&a=2", "version=1&version=2", "version=-1", "version=999999999999999999", "version=%F0%9F%92%A9&relation=%E2%80%AE");
        assertThat(world.site.pages().stream().filter(route -> route.method().equals("POST")))
                .allSatisfy(route -> assertThat(bodies).allSatisfy(body -> {
                    var head = new HashMap<>(FORM);
                    head.put("Cookie", "facteur=OPERATOR");
                    assertThat(world.ask("POST", path(route, "dupont"), head, body).status()).isNotEqualTo(500);
                }));
    }

    private void assertNothingChanged() {
        try {
            assertThat(world.store.settings().office(new OfficeId("dupont")).orElseThrow().version()).isEqualTo(1);
            assertThat(world.tokens.list()).isEmpty();
            assertThat(world.acts).isEmpty();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
