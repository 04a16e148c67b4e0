package facteur.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Scope;
import facteur.api.ApiWorld.Extra;
import facteur.fixture.ApiContract;
import facteur.fixture.ApiContract.Operation;
import facteur.web.Router;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server and its contract say the same. Each answer that [ApiWorld] gets, in whichever test, is held against the file besides.
final class ContractTest {
    private static final ApiContract CONTRACT = ApiContract.packed();
    private static final Map<String, String> PLACES = Map.of(
            "{office}", "dupont",
            "{relation}", "R-1042",
            "{number}", "1",
            "{domain}", "dupont.example",
            "{push}", "none",
            "{letter}", "01234567890abcde",
            "{address}", "gone@one.example");

    @TempDir
    private Path folder;

    private ApiWorld api;
    private String all;

    @BeforeEach
    void open() throws Exception {
        api = new ApiWorld(folder);
        all = api.token("suite", "*");
        makeOffice();
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void makeOffice() {
        api.ask("PUT", "/offices/dupont", all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
    }

    private static String path(Operation operation) {
        return PLACES.entrySet().stream()
                .reduce(operation.path(), (path, place) -> path.replace(place.getKey(), place.getValue()), (path, _) -> path);
    }

    private static List<Operation> guarded() {
        return CONTRACT.operations().stream().filter(operation -> !operation.scopes().isEmpty()).toList();
    }

    @Test
    void theServerHasThePathsOfTheFileAndNoOthers() {
        var routes = api.api().routes().stream().filter(route -> !route.path().equals(Router.HEALTH)).map(Object::toString).toList();
        assertThat(routes).containsExactlyInAnyOrderElementsOf(CONTRACT.operations().stream().map(Operation::toString).toList());
    }

    @Test
    void theFileItselfIsServedWithoutAToken() {
        assertThat(api.ask("GET", "/openapi.yaml", "").text()).startsWith("# The contract").contains("openapi: 3.1.0");
        assertThat(CONTRACT.operations().stream().filter(operation -> operation.scopes().isEmpty())).extracting(Operation::id)
                .containsExactly("contract");
    }

    @Test
    void eachOperationNeedsTheScopeThatTheFileSays() throws SQLException {
        var alone = new HashMap<String, String>();
        var without = new HashMap<String, String>();
        for (var scope : Scope.values()) {
            alone.put(scope.word(), api.token("only-" + scope.name(), "*", EnumSet.of(scope)));
            without.put(scope.word(), api.token("not-" + scope.name(), "*", EnumSet.complementOf(EnumSet.of(scope))));
        }
        for (var operation : guarded()) {
            makeOffice();
            var scope = operation.scopes().getFirst();
            assertThat(api.ask(operation.method(), path(operation), "").status()).as(operation.id()).isEqualTo(401);
            assertThat(api.ask(operation.method(), path(operation), requireNonNull(without.get(scope))).status()).as(operation.id()).isEqualTo(403);
            assertThat(api.ask(operation.method(), path(operation), requireNonNull(alone.get(scope))).status()).as(operation.id()).isNotIn(401, 403);
        }
    }

    @Test
    void aTokenOfTheOfficeIsEnoughWhereTheFileSaysNoMore() throws SQLException {
        var dupont = api.token("dupont-app", "dupont");
        for (var operation : guarded()) {
            var status = api.ask(operation.method(), path(operation), dupont).status();
            assertThat(status == 403).as(operation.id()).isEqualTo(operation.isForAllOffices());
        }
    }

    @Test
    void eachFieldOfTheQueryIsKnownAndNoOther() {
        for (var operation : guarded()) {
            makeOffice();
            assertThat(api.ask(operation.method(), path(operation) + "?no-such-field", all).refusal()).as(operation.id())
                    .isEqualTo("400 query.unknown");
            for (var parameter : CONTRACT.parameters(operation)) {
                if ("query".equals(parameter.get("in"))) {
                    var query = "?" + parameter.get("name") + "=" + sample(ApiContract.map(parameter, "schema"));
                    var reply = api.ask(operation.method(), path(operation) + query, all);
                    assertThat(reply.refusal()).as(operation.id() + query).doesNotContain("query.unknown");
                }
            }
        }
    }

    private static String sample(Map<String, Object> schema) {
        return schema.get("enum") instanceof List<?> words ? words.getLast().toString() : "1";
    }

    /// One thing after another, as a program may do them, until each operation has given each status that is no refusal.
    @Test
    void eachOperationIsAnsweredWithEachSuccessThatTheFileLists() throws Exception {
        var tour = new ApiTour(api, all);
        tour.offices();
        tour.drafts();
        tour.cards();
        tour.bulk();
        tour.history();
        tour.domains();
        tour.launches();
        try (var letters = new PastLetters(api, folder)) {
            tour.letters(letters.add("dupont", "a subject").text());
            tour.addresses(letters.addBounced("dupont", "gone@one.example").text());
        }
        assertThat(tour.seen()).containsExactlyElementsOf(listed());
    }

    private static Set<String> listed() {
        var listed = new TreeSet<String>();
        for (var operation : CONTRACT.operations()) {
            operation.successes().forEach(status -> listed.add(operation.id() + " " + status));
        }
        return listed;
    }

    /// So that a refusal isn't worded in a way that programs can't know.
    @Test
    void theAnswersOfAnyPathAreInTheFile() {
        assertThat(api.ask("GET", "/nothing", all).status()).isEqualTo(404);
        assertThat(api.ask("POST", "/offices", all).status()).isEqualTo(405);
        assertThat(api.raw("GET", "/api/v1/offices", new Extra(Map.of("Host", "evil.example"), "")).status()).isEqualTo(421);
        assertThat(api.ask("HEAD", "/offices/dupont", all).status()).isEqualTo(200);
        assertThat(Stream.of("GET", "PUT", "PATCH", "DELETE").map(method -> CONTRACT.operation(method, "/api/v1/offices/dupont/relations/pushes")))
                .allMatch(Optional::isPresent);
    }
}
