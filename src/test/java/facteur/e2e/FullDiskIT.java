package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that others have filled to the last octet: the relay starts on it, an operator holds and removes letters, and what
/// is queued leaves. Where no small disk can be made, this is not tested.
final class FullDiskIT {
    private static final int MEGABYTES = 64;
    private static final int LETTERS = 120;

    /// As the daemon makes it in its first minute.
    private static final int RESERVE_BYTES = 20 << 20;

    @TempDir
    private Path folder;

    @Test
    void alwaysDrains() throws Exception {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT);
        var place = Files.createDirectory(folder.resolve("disk"));
        var disk = SmallDisk.over(place, MEGABYTES);
        assumeTrue(disk.isPresent(), "no mount namespaces for this user");
        try (var upstream = ScriptedUpstream.start(); var full = disk.get()) {
            upstream.when("CONNECT", Act.say("421 4.3.2 not now"));
            relay.configuredWith("state", place.resolve("var").toString(), """
                    spool: { free-space: 16MB }
                    upstreams: [{ name: smarthost, kind: smtp, address: "127.0.0.1:%d", tls: none }]
                    """.formatted(upstream.port()));
            try (var first = PackagedRelay.runBy(full.starter(), relay.config()); var app = AppConnection.greeted(first.port())) {
                Files.write(full.seen().resolve("var/reserve"), new byte[RESERVE_BYTES]);
                for (var i = 0; i < LETTERS; i++) {
                    assertThat(submit(app)).startsWith("250 ");
                }
                full.fill();
                assertThat(submit(app)).startsWith("452 4.3.1 ");
                first.kill();
            }
            full.fill();
            assertThat(full.seen().resolve("var/reserve")).hasSize(RESERVE_BYTES);
            try (var second = PackagedRelay.runBy(full.starter(), relay.config()); var app = AppConnection.greeted(second.port())) {
                assertThat(submit(app)).startsWith("452 4.3.1 ");
                assertThat(facteur(full, relay, "hold", "--all", "--limit", "1")).contains("1 ");
                assertThat(facteur(full, relay, "remove", "--state", "hold")).contains("1 ");
                upstream.when("CONNECT", Act.say("220 upstream.example ready"));
                await().until(() -> upstream.letters().size() == LETTERS - 1);
                if (Files.isDirectory(PackagedRelay.layout().resolve("lib/native"))) {
                    assertThat(full.seen().resolve("var/native")).doesNotExist();
                }
                assertThat(second.said()).contains("the reserve is freed").doesNotContain("event=held");
            }
        }
    }

    private static String facteur(SmallDisk disk, RelayFolder relay, String... verb) throws IOException, InterruptedException {
        var queue = PackagedRelay.command("queue");
        queue.command().addAll(List.of(verb));
        queue.command().addAll(List.of("--config", relay.config().toString()));
        var process = disk.command(queue).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static String submit(AppConnection app) throws IOException {
        var letter = ("From: jan@dupont.example\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(800)).getBytes(StandardCharsets.US_ASCII);
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).toString();
    }
}
