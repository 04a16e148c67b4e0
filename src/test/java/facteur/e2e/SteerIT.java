package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AdminPort;
import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, steered from outside: by SIGHUP, and by `facteur reload`.
final class SteerIT {
    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void configure() {
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
    }

    @Test
    void reloadsOnSighupAndGoesOn() throws Exception {
        try (var running = PackagedRelay.run(relay.config())) {
            var admin = AdminPort.of(relay);
            running.hangUp();
            awaitReady(admin, "taken over");
            relay.edited("hostname:", "nonsense: 1\nhostname:");
            running.hangUp();
            awaitReady(admin, "nonsense: unknown key");
            assertThat(running.isAlive()).isTrue();
            assertThat(running.stop()).isEqualTo(143);
        }
    }

    @Test
    void theVerbReloadsAndTellsWhatCameOfIt() throws Exception {
        try (var running = PackagedRelay.run(relay.config())) {
            relay.edited("127.0.0.0/8", "127.0.0.0/16").edited("hostname:", "spool: { free-space: 16MB }\nhostname:");
            var taken = reload();
            assertThat(taken.out()).contains("configuration reloaded from");
            assertThat(taken.out()).contains("changed: apps[0].networks[0]");
            assertThat(taken.err()).contains("spool.free-space needs a restart");
            assertThat(taken.exitCode()).isZero();

            assertThat(reload("--office", "dupont").exitCode()).isZero();
            await().until(() -> running.said().lines().filter(line -> line.contains(" event=acted ")).count() == 2);
            assertThat(running.said())
                    .containsPattern("event=acted at=\\S+ operator=\"uid=\\d+\\(\\S+\\).*\" command=\"POST /reload\" letters=0 ids=")
                    .contains("command=\"POST /settings/evict?office=dupont\"");
            var unknown = reload("--office", "unknown");
            assertThat(unknown.err()).contains("there is no office unknown");
            assertThat(unknown.exitCode()).isEqualTo(65);
            assertThat(reload("--office", "No Body").exitCode()).isEqualTo(64);

            relay.edited("hostname:", "nonsense: \"\\\"\\U0001F600\"\nnext: 1\nhostname:");
            var kept = reload();
            assertThat(kept.err()).contains("nonsense: unknown key").contains("next: unknown key")
                    .contains("still running the previous configuration");
            assertThat(kept.exitCode()).isEqualTo(78);

            Files.writeString(relay.config(), "hostname: [\n");
            var unread = reload();
            assertThat(unread.err()).contains("facteur.yaml:").contains("it is unchanged");
            assertThat(unread.exitCode()).isEqualTo(78);
            assertThat(running.stop()).isEqualTo(143);
        }
    }

    @Test
    void theVerbSaysWhenNobodyIsThere() throws Exception {
        var never = reload();
        assertThat(never.err()).contains("no running facteur with an admin port uses");
        assertThat(never.exitCode()).isEqualTo(69);
        try (var killed = PackagedRelay.run(relay.config())) {
            killed.kill();
        }
        var gone = reload();
        assertThat(gone.err()).contains("can't reach");
        assertThat(gone.exitCode()).isEqualTo(69);
    }

    private static void awaitReady(AdminPort admin, String words) {
        await().atMost(Duration.ofSeconds(10)).until(() -> admin.get("/health/ready").contains(words));
    }

    private Ended reload(String... options) {
        return Command.run(relay.config(), Stream.concat(Stream.of("reload"), Stream.of(options)).toArray(String[]::new));
    }
}
