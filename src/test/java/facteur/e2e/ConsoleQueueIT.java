package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.access.AccessRole;
import facteur.access.Grant;
import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.ConsoleClient;
import facteur.fixture.MemoryFolders;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operator's pages while an upstream is down and many letters wait: they say and do what the commands do.
final class ConsoleQueueIT {
    private static final int LETTERS = 1_300;
    private static final byte[] LETTER = "From: jan@dupont.example\r\nSubject: SECRET\r\n\r\nGood day!\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String WORDS = "421 4.3.2 Down for repair until noon";
    private static final Pattern COUNT = Pattern.compile("\"state\": \"(\\w+)\",\\s*\"letters\": (\\d+)");

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private final RecordingJournal journal = new RecordingJournal();

    @Test
    void holdsUndoesReleasesAndRemovesWhileTheUpstreamIsDown() throws Exception {
        try (var upstream = ScriptedUpstream.start().when("CONNECT", Act.say(WORDS))) {
            var relay = new RelayFolder(folder)
                    .office("dupont", RelayFolder.DUPONT)
                    .relayingTo(upstream.port(), "console: { address: \"127.0.0.1:0\" }\n");
            try (var daemon = relay.start(journal);
                    var pages = ConsoleClient.signedIn(
                            daemon.consolePort().orElseThrow(), relay.state(), new Grant(Optional.empty(), AccessRole.OPERATOR));
                    var app = AppConnection.greeted(daemon.ports().getFirst())) {
                for (var i = 0; i < LETTERS; i++) {
                    assertThat(submit(app, "client" + i + "@example.com")).isEqualTo(250);
                }
                await().atMost(Duration.ofSeconds(20)).until(() -> listed(relay, "deferred") >= LETTERS - 1);
                saysThatTheUpstreamIsDown(pages);
                holdsAndTakesItBack(pages, relay);
                removesAllThatFit(pages, relay);
                upstream.recover();
                saysThatItIsUpAgain(pages, app);
            }
        }
    }

    private static int submit(AppConnection app, String recipient) throws Exception {
        return app.submit("<jan@dupont.example>", List.of(recipient), LETTER).code();
    }

    /// As `facteur queue list` counts them.
    private static long listed(RelayFolder relay, String state) {
        var counts = COUNT.matcher(Command.run(relay.config(), "queue", "list", "--limit", "0", "--json").out());
        while (counts.find()) {
            if (counts.group(1).equals(state)) {
                return Long.parseLong(counts.group(2));
            }
        }
        return 0;
    }

    private static void saysThatTheUpstreamIsDown(ConsoleClient pages) throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> pages.get("/status").body().contains(WORDS));
        assertThat(pages.get("/status").body()).contains("Ready: letters are accepted.", "class=\"state bad\">down");
        assertThat(pages.get("/upstreams").body()).contains(WORDS, "Wake");
        assertThat(pages.post("/upstreams/look", "name", "smarthost").body()).contains("failed at greeting:", WORDS);
    }

    private void holdsAndTakesItBack(ConsoleClient pages, RelayFolder relay) throws Exception {
        assertThat(pages.get("/queue").body()).contains("all 1,300 in the queue").doesNotContain("SECRET");
        assertThat(pages.get("/queue?upstream=smarthost").body()).contains("<q lang=\"en\">" + WORDS);
        var held = moved(pages, pages.post("/queue", "which", "all", "act", "hold"));
        await().atMost(Duration.ofSeconds(20)).until(() -> listed(relay, "hold") == LETTERS);
        assertThat(held).contains("are on hold now", "an operator wanted it", "action=\"/queue/undo\"");
        assertThat(journal.await(MailEvent.Acted.class, 1).getFirst()).satisfies(act -> {
            assertThat(act.command()).isEqualTo("queue hold --all");
            assertThat(act.operator()).startsWith("person=Jan Janssens peer=127.0.0.1");
        });
        var move = held.replaceFirst("(?s).*action=\"/queue/undo\">\\s*<input type=\"hidden\" name=\"move\" value=\"([^\"]*)\".*", "$1");
        assertThat(moved(pages, pages.post("/queue/undo", "move", move))).contains("are released, due now", "Upstream smarthost is down");
        await().atMost(Duration.ofSeconds(20)).until(() -> listed(relay, "hold") == 0);
        assertThat(listed(relay, "deferred") + listed(relay, "active")).isEqualTo(LETTERS);
    }

    private static void removesAllThatFit(ConsoleClient pages, RelayFolder relay) throws Exception {
        var _ = moved(pages, pages.post("/queue", "which", "all", "act", "hold"));
        await().atMost(Duration.ofSeconds(20)).until(() -> listed(relay, "hold") == LETTERS);
        var asked = pages.post("/queue/confirm", "which", "all", "state", "hold").body();
        assertThat(asked).contains("1,300 letters would be deleted for good", "name=\"count\" value=\"" + listed(relay, "hold") + "\"");
        var all = new String[] {"which", "all", "state", "hold", "act", "remove", "count", "1300", "number", "1299"};
        assertThat(pages.post("/queue", all).statusCode()).isEqualTo(422);
        assertThat(listed(relay, "hold")).isEqualTo(LETTERS);
        all[all.length - 1] = "1300";
        assertThat(moved(pages, pages.post("/queue", all))).contains("1,300 are removed");
        assertThat(Command.run(relay.config(), "queue", "list").out()).endsWith("the queue is empty\n");
        assertThat(pages.get("/queue").body()).contains("Nothing waits.");
        assertThat(Command.run(relay.config(), "log", "--acts").out()).contains("queue remove --state hold: 1300 letters");
    }

    private static void saysThatItIsUpAgain(ConsoleClient pages, AppConnection app) throws Exception {
        assertThat(submit(app, "last@example.com")).isEqualTo(250);
        assertThat(pages.post("/upstreams/wake", "name", "smarthost").statusCode()).isEqualTo(303);
        await().atMost(Duration.ofSeconds(20)).until(() -> pages.get("/upstreams").body().contains("class=\"state ok\">up"));
        await().atMost(Duration.ofSeconds(20)).until(() -> pages.get("/log?address=last@example.com").body().contains("class=\"state ok\">sent"));
        assertThat(pages.get("/status").body()).contains("class=\"state ok\">up").doesNotContain("class=\"state bad\">down");
    }

    /// The page that follows a form, once what it tells of has ended.
    private static String moved(ConsoleClient pages, HttpResponse<String> reply) throws Exception {
        assertThat(reply.statusCode()).isEqualTo(303);
        var page = reply.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofSeconds(60)).until(() -> !pages.get(page).body().contains("<progress"));
        return pages.get(page).body();
    }
}
