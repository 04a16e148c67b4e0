package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ApiClient;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an accounting suite does: it makes an office, sends its clients' cards, changes a setting, and the next letter goes by it.
final class ApiIT {
    private static final String DUPONT =
            "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"contexts\":{\"invoice\":{\"reply-to\":\"responsible\"}}}";
    private static final String SCOPES = "settings:read,settings:write,cards:read,cards:write,log:read,domains:read,domains:write";

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private RelayFolder relay;
    private RecordingJournal journal;
    private Daemon daemon;
    private ApiClient api;
    private String token;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.start();
        relay = new RelayFolder(folder).relayingTo(upstream.port(), "settings: { source: store }\nconsole: { address: \"127.0.0.1:0\" }\n");
        journal = new RecordingJournal();
        daemon = relay.start(journal);
        token = Command.run(relay.config(), "token", "add", "suite", "--office", "*", "--scope", SCOPES).out().strip();
        api = new ApiClient(daemon.consolePort().orElseThrow(), token);
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
        daemon.close();
        upstream.close();
    }

    private HttpResponse<String> ask(String method, String path, String type, String body, String... fields) throws Exception {
        return api.ask(method, path, type, body, fields);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return api.get(path);
    }

    private void makeOffice() throws Exception {
        assertThat(ask("PUT", "/offices/dupont", "application/json", DUPONT, "If-None-Match", "*").statusCode()).isEqualTo(201);
        assertThat(ask("POST", "/offices/dupont/relations", "application/x-ndjson",
                "{\"relation\":\"R-1042\",\"responsible\":[\"An Peeters <an@dupont.example>\"],\"partner\":[\"Piet <piet@dupont.example>\"]}\n")
                .statusCode())
                .isEqualTo(200);
    }

    /// @return its header, as the upstream got it
    private String send(String context) throws IOException {
        var before = upstream.letters().size();
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(app.submit("<jan@dupont.example>", List.of("client@one.example"), ("From: Jan <jan@dupont.example>\r\nX-Context: " + context
                    + "\r\nX-Relation-Id: R-1042\r\n\r\nHi\r\n").getBytes(StandardCharsets.US_ASCII)).code()).isEqualTo(250);
        }
        Awaitility.await().until(() -> upstream.letters().size() > before);
        return upstream.letters().get(before).data();
    }

    @Test
    void theNextLetterGoesByWhatWasSaved() throws Exception {
        assertThat(get("/offices/dupont").statusCode()).isEqualTo(404);
        makeOffice();
        assertThat(send("invoice")).contains("Reply-To: An Peeters <an@dupont.example>");

        var saved = ask("PATCH", "/offices/dupont", "application/merge-patch+json",
                "{\"contexts\":{\"invoice\":{\"reply-to\":\"partner\"}}}", "If-Match", "\"1\"", "Facteur-Note", "asked by Jan");
        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(saved.headers().firstValue("ETag")).contains("\"3\"");
        assertThat(send("invoice")).contains("Reply-To: Piet <piet@dupont.example>");

        assertThat(ask("PATCH", "/offices/dupont/relations/R-1042", "application/merge-patch+json",
                "{\"partner\":\"New <new@dupont.example>\"}").statusCode()).isEqualTo(200);
        assertThat(send("invoice")).contains("Reply-To: New <new@dupont.example>");

        assertThat(get("/offices/dupont/letters").body()).contains("\"context\": \"invoice\"").doesNotContain("\"subject\"");
        var id = journal.events(MailEvent.Accepted.class).getLast().id();
        assertThat(get("/offices/dupont/letters/" + id).body()).contains("\"settingsVersion\": \"v3\"", "\"cardVersion\": \"v4\"", "context.role");
        assertThat(journal.events(MailEvent.SettingsSaved.class)).hasSize(4);

        assertThat(ask("POST", "/offices/dupont/versions/4/undo", "", "").statusCode()).isEqualTo(200);
        assertThat(send("invoice")).contains("Reply-To: Piet <piet@dupont.example>");
        assertThat(ask("DELETE", "/offices/dupont", "", "").statusCode()).isEqualTo(204);
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(app.submit("<jan@dupont.example>", List.of("client@one.example"),
                    "From: jan@dupont.example\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII)).code()).isEqualTo(550);
        }
    }

    /// A name must not become a field of a letter, nor turn what a person reads around.
    @Test
    void aNameAddsNoFieldToALetter() throws Exception {
        makeOffice();
        for (var name : new String[] {"Dupont\\r\\nBcc: evil@evil.example\\r\\nX: ", "\\u202Etnopud\\u202C \\u0007",
            "=?utf-8?q?a=0D=0ABcc:_evil=40evil.example?="}) {
            ask("PATCH", "/offices/dupont", "application/merge-patch+json", "{\"company\":\"" + name + " <office@dupont.example>\"}");
            var header = send("general").lines().takeWhile(line -> !line.isEmpty()).toList();
            assertThat(header).noneMatch(line -> line.startsWith("Bcc") || line.startsWith("X: "));
            assertThat(String.join("\n", header)).doesNotContain("\u202E", "\u0007").contains("<office@dupont.example>");
        }
    }

    @Test
    void aTokenThatIsRevokedIsRefusedAtOnce() throws Exception {
        makeOffice();
        assertThat(get("/offices/dupont").statusCode()).isEqualTo(200);
        assertThat(Command.run(relay.config(), "token", "revoke", "suite").exitCode()).isZero();
        assertThat(get("/offices/dupont").statusCode()).isEqualTo(401);
        assertThat(journal.events().toString()).doesNotContain(token);
    }

    /// url and proxies count at once; where the settings come from, too.
    @Test
    void aReloadIsTakenOver() throws Exception {
        makeOffice();
        assertThat(raw("mail.example.org", "198.51.100.9")).startsWith("HTTP/1.1 421 ");
        assertThat(raw("localhost", "198.51.100.9")).startsWith("HTTP/1.1 401 ");
        assertThat(journal.await(MailEvent.Requested.class, 4)).extracting(MailEvent.Requested::peer).containsOnly("127.0.0.1");
        relay.edited("console: { address: \"127.0.0.1:0\" }",
                "console: { address: \"127.0.0.1:0\", url: \"http://localhost\", proxies: [127.0.0.0/8] }");
        assertThat(daemon.reload().toString()).contains("console");
        assertThat(raw("localhost", "203.0.113.5, 198.51.100.9")).startsWith("HTTP/1.1 401 ");
        assertThat(journal.await(MailEvent.Requested.class, 5)).extracting(MailEvent.Requested::peer).contains("198.51.100.9");
        relay.office("dupont", RelayFolder.DUPONT).edited("settings: { source: store }", "settings: { source: files }");
        daemon.reload();
        assertThat(get("/offices/dupont").statusCode()).isEqualTo(409);
        assertThat(ask("POST", "/offices/dupont/explain", "application/json", "{\"letter\":{\"context\":\"task\"}}").body())
                .contains("tasks@dupont.example");
    }

    private String raw(String host, String forwarded) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), daemon.consolePort().orElseThrow())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("GET /api/v1/offices HTTP/1.1\r\nHost: " + host + "\r\nX-Forwarded-For: " + forwarded
                    + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
