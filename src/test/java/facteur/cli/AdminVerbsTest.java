package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.AdminAccess;
import facteur.admin.AdminServer;
import facteur.admin.DaemonControl;
import facteur.admin.EvictResult;
import facteur.admin.Health;
import facteur.admin.ReloadResult;
import facteur.admin.Status;
import facteur.admin.WakeResult;
import facteur.app.Network;
import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.office.OfficeId;
import facteur.platform.config.Problems;
import facteur.platform.tls.TlsKeys;
import facteur.relay.Config;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The verbs that talk to a running daemon, with the admin port of one whose answers the test chooses.
final class AdminVerbsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path folder;

    private final Daemon daemon = new Daemon();
    private StoppedRelay relay;
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        relay = StoppedRelay.in(folder);
        var _ = relay.deferred("an@client.example");
        var config = Config.read(relay.folder().config(), new Problems(), _ -> null);
        server = AdminServer.start(
                config.admin(), config.admin().address().orElseThrow(), new TlsKeys(config.inbound().tls()), daemon, new PrometheusRegistry());
        Files.writeString(relay.state().resolve(AdminAccess.FILE), server.access().line());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void reloadsTheConfiguration() {
        daemon.reloaded = new ReloadResult.Applied(List.of("delivery.retry"), List.of("state"), List.of("odd"), List.of());
        assertThat(relay.run("reload")).isEqualTo(new Ended(
                0,
                "configuration reloaded from " + relay.folder().config() + "\nchanged: delivery.retry\n",
                "warning: odd\nwarning: state needs a restart\n"));
        assertThat(daemon.acts).singleElement().asString().startsWith("uid=").endsWith(" POST /reload");
    }

    @Test
    void saysWhichFilesOfOfficesCantBeUsed() {
        daemon.reloaded = new ReloadResult.Applied(List.of(), List.of(), List.of(), List.of("offices/dupont.yaml: broken"));
        var ended = relay.run("reload");
        assertThat(ended.exitCode()).isEqualTo(66);
        assertThat(ended.err()).isEqualTo("warning: offices/dupont.yaml: broken\n");
    }

    @Test
    void saysWhyAReloadIsRefused() {
        daemon.reloaded = new ReloadResult.Refused(List.of("facteur.yaml:1: wrong", "facteur.yaml:2: wrong too"));
        assertThat(relay.run("reload")).isEqualTo(new Ended(
                78, "", "facteur.yaml:1: wrong\nfacteur.yaml:2: wrong too\nfacteur: reload refused; still running the previous configuration\n"));
    }

    @Test
    void evictsTheSettingsOfAnOffice() {
        assertThat(relay.run("reload --office dupont")).isEqualTo(new Ended(0, "5 cached entries evicted\n", ""));
        assertThat(relay.run("reload --office durand")).isEqualTo(new Ended(65, "", "facteur: there is no office durand\n"));
        assertThat(relay.run("reload --office x!").exitCode()).isEqualTo(64);
    }

    @Test
    void showsTheStatus() {
        assertThat(relay.run("status").out()).startsWith("facteur 0.1.0 ready, up 60s\n").contains(
                "queue        unavailable: the spool can't be read\n",
                "upstreams    main                   down for 60s, next try in 60s: connect: refused\n",
                "             capped                 paused for 60s: rate limit reached\n",
                "locked out   192.0.2.1              60s left\n",
                "             and 3 more\n");
        assertThat(relay.run("status --json").out()).startsWith("{\n  \"running\": true,\n").contains("\"state\": \"resting\"");
    }

    @Test
    void refreshesTheStatusUntilInterrupted() {
        var page = "\033[H\033[2Jfacteur 0.1.0 ready, up ";
        assertThat(watched("--watch")).containsSubsequence(page, page, page).endsWith("none lately\n");
    }

    @Test
    void jsonIsNotErased() {
        var object = "{\n  \"running\": true,\n";
        assertThat(watched("--watch", "--json")).startsWith(object).containsSubsequence(object, object, object).doesNotContain("\033");
    }

    /// Refreshed three times.
    private String watched(String... options) {
        var out = new StringWriter();
        var invocation = new Invocation(
                InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(out), Map.of(), () -> NOON);
        var refreshes = new int[1];
        var command = new CommandLine(new facteur.cli.Status(invocation, () -> ++refreshes[0] < 3));
        var arguments = Stream.concat(Stream.of(options), Stream.of("--config", relay.folder().config().toString()));
        assertThat(command.execute(arguments.toArray(String[]::new))).isZero();
        assertThat(refreshes[0]).isEqualTo(3);
        return out.toString();
    }

    @Test
    void withoutADaemonTheStatusIsTheQueue() throws Exception {
        Files.delete(relay.state().resolve(AdminAccess.FILE));
        var ended = relay.run("status");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.out()).startsWith("in the queue: 1 deferred; ");
        assertThat(ended.err()).isEqualTo("facteur: no running facteur with an admin port uses " + relay.state() + "\n");
        assertThat(relay.run("status --json").out()).startsWith("{\n  \"running\": false,\n").contains("\"letters\": 1");
    }

    @Test
    void saysThatTheAdminPortCantBeReached() throws Exception {
        server.close();
        assertThat(relay.run("reload").err()).startsWith("facteur: can't reach the facteur that uses " + relay.state() + ": ");
        Files.writeString(relay.state().resolve(AdminAccess.FILE), "nonsense");
        assertThat(relay.run("reload")).isEqualTo(
                new Ended(69, "", "facteur: " + relay.state().resolve(AdminAccess.FILE) + " is corrupt; restart facteur to recreate it\n"));
    }

    @Test
    void explainsWhyLettersThatAreDueStay() {
        assertThat(relay.run("queue flush").out()).isEqualTo("""
                1  due now
                upstream main is paused until 2026-11-23T12:01:00Z, because it failed at connect: refused; once it is repaired: facteur upstream wake main
                upstream capped is paused until 2026-11-23T12:01:00Z: rate limit reached
                """);
    }

    @Test
    void wakesAnUpstream() {
        assertThat(relay.run("upstream wake main").out()).startsWith("main is tried as soon as a letter is due");
        assertThat(relay.run("upstream wake up").out()).isEqualTo("up is up\n");
        assertThat(relay.run("upstream wake capped")).isEqualTo(new Ended(75, "",
                "facteur: capped has reached a rate limit, and is paused until 2026-11-23T12:01:00Z: rate limits are settings, and only a reload changes them\n"));
        assertThat(Command.run(relay.folder().config(), "upstream", "wake", "a b").err()).startsWith("facteur: there is no upstream a b");
    }

    @Test
    void unlocksAnAddress() {
        assertThat(relay.run("login unlock 192.0.2.1")).isEqualTo(new Ended(0, "192.0.2.1 may log in again\n", ""));
        assertThat(relay.run("login unlock 192.0.2.2")).isEqualTo(new Ended(65, "", "facteur: 192.0.2.2 is not locked out\n"));
        assertThat(relay.run("login unlock nowhere").exitCode()).isEqualTo(64);
    }

    private static final class Daemon implements DaemonControl {
        private final List<String> acts = new CopyOnWriteArrayList<>();
        private volatile ReloadResult reloaded = new ReloadResult.Applied(List.of(), List.of(), List.of(), List.of());

        @Override
        public Health health() {
            return new Health(List.of(), List.of(), List.of(), Optional.empty());
        }

        @Override
        public Status status() {
            var later = NOON.plusSeconds(60);
            return new Status(
                    "0.1.0",
                    NOON.minusSeconds(60),
                    NOON,
                    List.of(),
                    List.of(),
                    List.of(
                            new Status.UpstreamState("main", Optional.of(new Status.Down(NOON.minusSeconds(60), later, "connect: refused")),
                                    Optional.empty()),
                            new Status.UpstreamState("capped", Optional.empty(), Optional.of(later))),
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    new Status.LockedOut(4, List.of(new Status.LockedAddress("192.0.2.1", Duration.ofSeconds(60)))),
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public int evictAll() {
            return 0;
        }

        @Override
        public EvictResult evict(OfficeId office) {
            return office.text().equals("dupont") ? new EvictResult.Done(5, List.of()) : new EvictResult.NoOffice();
        }

        @Override
        public void acted(String operator, String command) {
            acts.add(operator + " " + command);
        }

        @Override
        public WakeResult wake(String upstream) {
            return switch (upstream) {
                case "main" -> new WakeResult.Awake(upstream);
                case "up" -> new WakeResult.Up(upstream);
                case "capped" -> new WakeResult.Capped(upstream, NOON.plusSeconds(60));
                default -> new WakeResult.Unknown(upstream, List.of("main", "up", "capped"));
            };
        }

        @Override
        public List<String> unlock(Network network) {
            return network.equals(Network.parse("192.0.2.1")) ? List.of("192.0.2.1") : List.of();
        }

        @Override
        public ReloadResult reload() {
            return reloaded;
        }
    }
}
