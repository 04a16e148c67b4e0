package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.AccessRole;
import facteur.access.Grant;
import facteur.access.Holder;
import facteur.access.NewSession;
import facteur.access.SessionLimits;
import facteur.access.Sessions;
import facteur.fixture.ApiClient;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.office.OfficeId;
import facteur.platform.database.Database;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An office's administrator takes the clients over from the suite, brings a file of them, sees what it would do, and the next letter goes by it:
/// on a running relay, by HTTP, without script.
final class ConsoleImportIT {
    private static final String DUPONT =
            "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"contexts\":{\"invoice\":{\"reply-to\":\"responsible\"}}}";
    private static final String CLIENTS = "/o/dupont/clients";
    private static final String PUSHED = "{\"relation\":\"R-1042\",\"responsible\":[\"An Peeters <an@dupont.example>\"]}\n";
    private static final String FILE = """
            relation,name,responsible
            R-1042,Bakkerij Peeters,Kim Claes <kim@dupont.example>
            R-1043,Garage Maes,kim@
            R-1044,Slagerij Wouters,Kim Claes <kim@dupont.example>
            ,Without a number,kim@dupont.example
            """;
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\"");

    @TempDir
    private Path folder;

    private final HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private ScriptedUpstream upstream;
    private Daemon daemon;
    private ApiClient suite;
    private String console;
    private String cookie;

    @BeforeEach
    void start() throws Exception {
        upstream = ScriptedUpstream.start();
        var relay = new RelayFolder(folder).relayingTo(upstream.port(), "settings: { source: store }\nconsole: { address: \"127.0.0.1:0\" }\n");
        daemon = relay.start(new RecordingJournal());
        var token = Command.run(relay.config(), "token", "add", "suite", "--office", "*", "--scope", "settings:write,cards:read,cards:write").out()
                .strip();
        suite = new ApiClient(daemon.consolePort().orElseThrow(), token);
        console = "http://localhost:" + daemon.consolePort().orElseThrow();
        assertThat(suite.ask("PUT", "/offices/dupont", "application/json", DUPONT, "If-None-Match", "*").statusCode()).isEqualTo(201);
        cookie = "facteur=" + session(relay);
    }

    /// Of one who came from the suite.
    private static String session(RelayFolder relay) throws SQLException {
        try (var database = Database.open(relay.state())) {
            var jan = new Holder.SuiteUser("suite", "4711", "Jan Janssens");
            var grants = List.of(new Grant(Optional.of(new OfficeId("dupont")), AccessRole.ADMIN));
            return new Sessions(database, () -> SessionLimits.STANDARD, InstantSource.system(), new SecureRandom())
                    .begin(NewSession.of(jan, grants, "127.0.0.1", "test")).cookie();
        }
    }

    @AfterEach
    void stop() throws IOException {
        suite.close();
        browser.close();
        daemon.close();
        upstream.close();
    }

    private HttpResponse<String> get(String target) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(console + target)).header("Cookie", cookie).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(console + path))
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> form(String path, String body) throws Exception {
        return post(path, "application/x-www-form-urlencoded", body);
    }

    private HttpResponse<String> upload() throws Exception {
        return post(CLIENTS + "/import", "multipart/form-data; boundary=xyz",
                "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../clients.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                        + FILE + "\r\n--xyz\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--xyz--\r\n");
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> push() throws Exception {
        return suite.ask("POST", "/offices/dupont/relations", "application/x-ndjson", PUSHED);
    }

    /// @return to whom replies go, as the upstream got it
    private String repliesTo() throws IOException {
        var before = upstream.letters().size();
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(app.submit("<jan@dupont.example>", List.of("client@one.example"),
                    "From: Jan <jan@dupont.example>\r\nX-Context: invoice\r\nX-Relation-Id: R-1042\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII))
                    .code()).isEqualTo(250);
        }
        Awaitility.await().until(() -> upstream.letters().size() > before);
        return upstream.letters().getLast().data().lines().filter(line -> line.startsWith("Reply-To:")).findFirst().orElse("");
    }

    @Test
    void bringsClientsFromAFileWithTwoBadLines() throws Exception {
        assertThat(push().statusCode()).isEqualTo(200);
        assertThat(repliesTo()).contains("an@dupont.example");
        assertThat(get(CLIENTS).body()).contains("The software “suite” keeps these cards").doesNotContain(CLIENTS + "/import");
        assertThat(location(upload())).as("not while an app keeps them").isEqualTo(CLIENTS);

        assertThat(location(form(CLIENTS + "/keeper", "keeper=people"))).isEqualTo(CLIENTS + "?keeper=people");
        assertThat(push().statusCode()).isEqualTo(409);

        var look = get(location(upload()));
        assertThat(look.body()).contains("1 new", "1 changed", "2 lines with problems", "Line 3", "Line 5", "Nothing has been changed yet.");
        assertThat(suite.get("/offices/dupont/relations").body()).doesNotContain("Bakkerij", "R-1044");
        assertThat(repliesTo()).contains("an@dupont.example");

        var fields = new StringBuilder("note=from+the+old+list");
        HIDDEN.matcher(look.body().substring(look.body().indexOf("/import/take"))).results()
                .forEach(field -> fields.append('&').append(field.group(1)).append('=').append(field.group(2)));
        var taken = location(form(CLIENTS + "/import/take", fields.toString()));
        assertThat(get(taken).body()).contains("2 cards were changed", "2 lines with problems were left out");
        assertThat(suite.get("/offices/dupont/relations").body()).contains("Bakkerij Peeters", "R-1044").doesNotContain("R-1043");
        assertThat(repliesTo()).contains("kim@dupont.example");

        var version = taken.replaceAll(".*imported=(\\d+).*", "$1");
        assertThat(location(form(CLIENTS + "/undo", "version=" + version))).contains("undone=");
        assertThat(repliesTo()).contains("an@dupont.example");
    }
}
