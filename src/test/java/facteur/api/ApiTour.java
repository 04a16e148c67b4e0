package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.api.ApiWorld.Extra;
import facteur.fixture.ApiContract;
import java.util.Set;
import java.util.TreeSet;

/// Walks once through all operations, and remembers what each was answered. One thread.
final class ApiTour {
    private static final String OFFICE = "/offices/dupont";
    private static final String CARDS = OFFICE + "/relations";
    private static final String CARD = CARDS + "/R-1042";

    private final ApiWorld api;
    private final String token;
    private final Set<String> seen = new TreeSet<>();

    ApiTour(ApiWorld api, String token) {
        this.api = api;
        this.token = token;
    }

    /// Such as `putOffice 201`, without refusals.
    Set<String> seen() {
        return seen;
    }

    private Reply ask(int status, String method, String path, Extra extra) {
        var reply = api.ask(method, path, token, extra);
        assertThat(reply.status()).as("%s %s: %s", method, path, reply.text()).isEqualTo(status);
        ApiContract.packed()
                .operation(method, ApiContract.PREFIX + path.split("\\?", 2)[0])
                .ifPresent(operation -> seen.add(operation.id() + " " + status));
        return reply;
    }

    private Reply ask(int status, String method, String path) {
        return ask(status, method, path, Extra.NONE);
    }

    void offices() {
        ask(200, "GET", "/openapi.yaml");
        ask(201, "PUT", "/offices/durand", Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
        ask(204, "DELETE", "/offices/durand");
        ask(200, "GET", "/offices");
        var tag = ask(200, "GET", OFFICE).field("ETag");
        ask(304, "GET", OFFICE, Extra.NONE.with("If-None-Match", tag));
        ask(200, "PUT", OFFICE, Extra.json("{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"from\":{\"address\":\"office@dupont.example\"},"
                + "\"reply-to\":\"collaborator\",\"contexts\":{\"invoice\":{\"reply-to\":\"responsible\"}},\"users\":[\"Jan <jan@dupont.example>\"],"
                + "\"replies\":\"late\",\"returns\":{\"tell\":\"company\",\"known-bad\":\"refuse\",\"auto-replies\":\"log\",\"language\":\"nl\"}}")
                .with("If-Match", tag)
                .with("Facteur-Note", "first settings"));
        ask(200, "PATCH", OFFICE, Extra.patch("{\"contexts\":{\"task\":{\"reply-to\":\"sender\",\"replies\":\"direct\"}}}"));
    }

    void drafts() {
        ask(200, "POST", OFFICE + "/check", Extra.json("{\"company\":\"nobody\"}"));
        ask(200, "POST", OFFICE + "/explain", Extra.json("{\"letter\":{\"context\":\"invoice\",\"relation\":\"R-1042\"}}"));
        ask(200, "POST", OFFICE + "/replay", Extra.json("{\"settings\":" + ApiWorld.DUPONT + ",\"letters\":50}"));
    }

    void cards() {
        ask(201, "PUT", CARD, Extra.json("{\"name\":\"Bakkerij Peeters\",\"collaborator\":[\"Jan <jan@dupont.example>\"],\"responsible\":[]}"));
        ask(200, "PUT", CARD, Extra.json("{\"collaborator\":\"An <an@dupont.example>\"}"));
        ask(200, "PATCH", CARD, Extra.patch("{\"partner\":[\"Piet <piet@dupont.example>\"],\"collaborator\":null}"));
        var tag = ask(200, "GET", CARD).field("ETag");
        ask(304, "GET", CARD, Extra.NONE.with("If-None-Match", tag));
        ask(200, "GET", CARDS + "?q=R-1&limit=1");
        ask(200, "GET", CARDS, Extra.NONE.with("Accept", "text/csv"));
        ask(200, "GET", CARDS, Extra.NONE.with("Accept", "application/x-ndjson"));
        ask(204, "DELETE", CARD);
    }

    void bulk() {
        var good = "{\"relation\":\"R-1\",\"partner\":[\"Piet <piet@dupont.example>\"]}\n";
        var bad = good + "{\"relation\":\"R-2\",\"partner\":\"nobody\"}\n";
        ask(200, "POST", CARDS, Extra.lines(good));
        ask(207, "POST", CARDS + "?on-error=skip", Extra.lines(bad));
        ask(200, "POST", CARDS, Extra.csv("relation,partner\nR-3,Piet <piet@dupont.example>\n"));
        ask(200, "POST", finishedPush(200, good) + "/finish?rest=keep");
        ask(207, "POST", finishedPush(207, bad) + "/finish?rest=delete&deleting=1");
        ask(200, "POST", OFFICE + "/people/replace?dry-run",
                Extra.json("{\"from\":\"piet@dupont.example\",\"to\":\"An <an@dupont.example>\",\"roles\":[\"partner\"]}"));
    }

    private String finishedPush(int status, String body) {
        var path = ask(201, "POST", CARDS + "/pushes").field("Location").substring(ApiContract.PREFIX.length());
        ask(status, "POST", path + "?on-error=skip", Extra.lines(body));
        return path;
    }

    void history() {
        ask(200, "GET", OFFICE + "/versions?limit=3");
        ask(200, "GET", OFFICE + "/versions/2?against=1");
        var cards = ask(200, "GET", OFFICE + "/versions/4?limit=1");
        assertThat(cards.member("changes")).isNotEmpty();
        ask(200, "POST", OFFICE + "/versions/2/restore", Extra.NONE.with("Facteur-Note", "back%20again"));
        ask(200, "POST", OFFICE + "/versions/4/undo");
    }

    void domains() {
        var domain = Extra.json("{\"domain\":\"dupont.example\"}");
        ask(201, "POST", OFFICE + "/domains", domain);
        ask(200, "POST", OFFICE + "/domains", domain);
        ask(200, "GET", OFFICE + "/domains");
        ask(200, "GET", OFFICE + "/domains/dupont.example/records");
        ask(200, "GET", OFFICE + "/domains/dupont.example/records", Extra.NONE.with("Accept", "text/dns"));
        ask(200, "POST", OFFICE + "/domains/dupont.example/check");
        ask(204, "DELETE", OFFICE + "/domains/dupont.example");
    }

    void launches() {
        ask(201, "POST", OFFICE + "/sessions", Extra.json("{\"user\":{\"id\":\"4711\",\"name\":\"Jan\"},\"role\":\"admin\"}"));
    }

    /// @param letter the id of one that came back from gone@one.example
    void addresses(String letter) {
        assertThat(ask(200, "GET", OFFICE + "/letters/" + letter).text()).contains("badAddress");
        ask(200, "GET", OFFICE + "/addresses?limit=1");
        ask(204, "DELETE", OFFICE + "/addresses/gone@one.example");
    }

    /// @param letter an id
    void letters(String letter) {
        ask(200, "GET", OFFICE + "/letters");
        ask(200, "GET", OFFICE + "/letters/" + letter);
    }
}
