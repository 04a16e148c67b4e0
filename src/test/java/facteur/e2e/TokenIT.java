package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AdminPort;
import facteur.fixture.ApiClient;
import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.PostgresExtension;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A token of the API from its making to its end, with two nodes on one PostgreSQL, and everything that they say.
final class TokenIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @TempDir
    private Path folder;

    private final RecordingJournal journal = new RecordingJournal();
    private RelayFolder first;
    private RelayFolder second;
    private Daemon one;
    private Daemon other;

    @BeforeEach
    void start() {
        first = node("first");
        second = node("second");
        one = first.start(journal);
        other = second.start(journal);
    }

    private RelayFolder node(String name) {
        return new RelayFolder(folder.resolve(name)).relayingTo(1, """
                settings: { source: store }
                console: { address: "127.0.0.1:0" }
                spool: { url: "%s", user: postgres, connections: 4 }
                """.formatted(POSTGRES.url()));
    }

    @AfterEach
    void stop() {
        other.close();
        one.close();
    }

    private Ended token(String words) {
        return Command.run(first.config(), ("token " + words).split(" "));
    }

    private static HttpResponse<String> ask(Daemon node, String query, String token) throws IOException, InterruptedException {
        try (var api = new ApiClient(node.consolePort().orElseThrow(), token)) {
            return api.get("/offices" + query);
        }
    }

    @Test
    void aRevokedTokenIsRefusedByTheNextRequestOnEveryNodeAndIsSeenNowhere() throws Exception {
        var token = token("add suite --office * --scope settings:read").out().strip();
        assertThat(ask(one, "", token).statusCode()).isEqualTo(200);
        assertThat(ask(other, "", token).statusCode()).isEqualTo(200);

        var inQuery = ask(one, "?token=" + token, "");
        var unknown = ask(one, "", token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A"));
        assertThat(inQuery.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));

        assertThat(token("revoke suite").exitCode()).isZero();
        var revoked = ask(one, "", token);
        var revokedThere = ask(other, "", token);
        assertThat(revoked.statusCode()).isEqualTo(401);
        assertThat(revokedThere.statusCode()).isEqualTo(401);
        assertThat(journal.await(MailEvent.TokenRevoked.class, 1)).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("suite");
            assertThat(event.operator()).startsWith("uid=");
        });
        assertThat(journal.events(MailEvent.TokenMade.class)).hasSize(1);

        var secret = token.substring("fct_0123456789_".length());
        var admin = AdminPort.of(first);
        var status = admin.request("GET /status", "Authorization: Bearer " + admin.token() + "\r\n");
        assertThat(status).contains("200 OK");
        assertThat(inQuery.body() + unknown.body() + revoked.body() + revokedThere.body() + status + admin.get("/metrics") + journal.events()
                + token("list --all --json").out() + Command.run(first.config(), "log", "--acts", "--json").out())
                .doesNotContain(secret);
    }

    @Test
    void theLastUseIsKnownAfterAStop() throws Exception {
        var token = token("add suite --office * --scope settings:read").out().strip();
        assertThat(token("list").out()).contains("  never  ");
        assertThat(ask(other, "", token).statusCode()).isEqualTo(200);
        other.close();
        assertThat(token("list").out()).contains("suite").doesNotContain("  never  ");
    }
}
