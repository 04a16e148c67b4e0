package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.Status;
import facteur.admin.WakeResult;
import facteur.console.ConsoleWorld.As;
import facteur.mail.smtp.TlsMode;
import facteur.upstream.Smarthost;
import facteur.upstream.UpstreamSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The state of the relay, and of its upstreams.
final class StatusPageTest {
    private ConsoleWorld world;
    private QueuedLetters letters;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        world = new ConsoleWorld(folder);
        letters = new QueuedLetters(world, folder);
    }

    @AfterEach
    void close() {
        letters.close();
        world.close();
    }

    private void upstream(Optional<Status.Down> down) {
        world.operations.hops.clear();
        world.operations.hops.add(new Operations.Hop(
                new UpstreamSettings.Smtp(Smarthost.of("smarthost", "127.0.0.1", 1, TlsMode.STARTTLS_REQUIRED, "relay.example"), List.of()),
                new Status.UpstreamState("smarthost", down, Optional.empty()),
                OptionalInt.of(2),
                OptionalInt.of(5)));
    }

    private void down(String cause) {
        var now = world.time.instant();
        upstream(Optional.of(new Status.Down(now.minusSeconds(60), now.plusSeconds(30), cause)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "nl"})
    void saysThatLettersAreAccepted(String language) {
        world.language.set(language);
        assertThat(world.get(As.VIEWER, "/status").page()).contains("1.2.3", "hx-trigger=\"every 5s\"", switch (language) {
            case "fr" -> "Prêt\u00a0: les messages sont acceptés.";
            case "nl" -> "Klaar: berichten worden aangenomen.";
            default -> "Ready: letters are accepted.";
        });
    }

    @Test
    void saysWhyNot() {
        world.operations.unready.add("the disk is full <script>");
        assertThat(world.get(As.OPERATOR, "/status").page())
                .contains("Not ready: letters are not accepted.", "<p lang=\"en\">the disk is full &lt;script&gt;</p>");
    }

    @Test
    void showsQueueUpstreamsListenersAndWhatNeedsAttention() throws Exception {
        letters.deferred("dupont", "an@client.example");
        down("connect: 127.0.0.1:1: Connection refused");
        assertThat(world.get(As.OPERATOR, "/status").page())
                .contains("href=\"/queue?state=deferred\"", "127.0.0.1:2525", "One domain is degraded")
                .contains("class=\"state bad\">down", "<q lang=\"en\">connect: 127.0.0.1:1: Connection refused</q>");
    }

    @Test
    void theQueueSaysWhichUpstreamItWaitsFor() throws Exception {
        down("connect: 127.0.0.1:1: Connection refused");
        assertThat(world.get(As.VIEWER, "/queue").page()).doesNotContain("is down");
        letters.deferred("dupont", "an@client.example");
        assertThat(world.get(As.VIEWER, "/queue").page()).contains("<li>Upstream smarthost is down: it is tried again at ");
    }

    @Test
    void isRefreshedByPartAndCanBeToldNotTo() {
        assertThat(world.get(As.VIEWER, "/status/part").page()).contains("Ready").doesNotContain("<html");
        assertThat(world.get(As.VIEWER, "/status?refresh=off").page()).contains("Refresh by itself").doesNotContain("hx-get");
        assertThat(world.get(As.ADMIN, "/status").status()).isEqualTo(404);
    }

    @Test
    void showsUpstreamsInTheHostsWords() {
        down("greeting: 421 4.3.2 <b>closed</b>");
        assertThat(world.get(As.VIEWER, "/upstreams").page())
                .contains("<q lang=\"en\">greeting: 421 4.3.2 &lt;b&gt;closed&lt;/b&gt;</q>", "2 open, 5 at most for now", "relayed to 127.0.0.1:1")
                .doesNotContain("<form method=\"post\" action=\"/upstreams");
        upstream(Optional.empty());
        assertThat(world.get(As.OPERATOR, "/upstreams").page()).contains("class=\"state ok\">up").doesNotContain("/upstreams/wake");
    }

    @Test
    void looksAsTheCommandDoes() {
        upstream(Optional.empty());
        var looked = world.post(As.OPERATOR, "/upstreams/look", "name", "smarthost");
        assertThat(looked.status()).isEqualTo(200);
        assertThat(looked.page()).contains("What the check showed", "failed at connect:", "Connection refused");
        assertThat(world.post(As.OPERATOR, "/upstreams/look", "name", "other").status()).isEqualTo(404);
        assertThat(world.post(As.VIEWER, "/upstreams/look", "name", "smarthost").status()).isEqualTo(404);
    }

    @Test
    void saysWhetherAFolderCanBeWritten() {
        world.operations.hops.add(new Operations.Hop(
                new UpstreamSettings.Capture("capture", folder),
                new Status.UpstreamState("capture", Optional.empty(), Optional.empty()),
                OptionalInt.empty(),
                OptionalInt.empty()));
        assertThat(world.post(As.OPERATOR, "/upstreams/look", "name", "capture").page()).contains("the folder can be written", folder.toString());
    }

    @Test
    void wakesAndRecordsIt() {
        down("connect: refused");
        world.operations.wake = new WakeResult.Awake("smarthost");
        var woken = world.post(As.OPERATOR, "/upstreams/wake", "name", "smarthost");
        assertThat(woken.location()).isEqualTo("/upstreams?name=smarthost&was=down");
        assertThat(world.get(As.OPERATOR, woken.location()).page()).contains("smarthost is tried as soon as a letter is due.");
        assertThat(world.acts).containsExactly("person=jan peer=192.0.2.7: upstream wake smarthost");
    }

    @Test
    void saysWhenThereIsNothingToWake() {
        down("connect: refused");
        world.operations.wake = new WakeResult.Capped("smarthost", world.time.instant());
        assertThat(world.post(As.OPERATOR, "/upstreams/wake", "name", "smarthost").location()).endsWith("was=resting");
        assertThat(world.acts).isEmpty();
        assertThat(world.get(As.OPERATOR, "/upstreams?name=%3Cb%3E&was=down").page()).doesNotContain("id=\"message\"");
    }
}
