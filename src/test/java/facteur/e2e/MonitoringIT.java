package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTls;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What a running relay shows is what dashboard, alerts and man page speak of; and Prometheus's own tool agrees.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MonitoringIT {
    private static final Path FOLDER = Path.of("src", "packaging", "monitoring").toAbsolutePath();
    private static final Pattern METRIC = Pattern.compile("\\b(?:facteur|jvm|process)_[a-z_]+");

    private final RecordingJournal journal = new RecordingJournal();
    private ScriptedUpstream upstream;
    private Daemon daemon;
    private String scrape;

    @BeforeAll
    void relayALetter(@TempDir Path folder) throws IOException {
        upstream = ScriptedUpstream.start();
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port(), """
                metrics: { per-office: true }
                """ + TestTls.section("relay.pem", "relay-pkcs8.key"));
        daemon = relay.start(journal);
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(app.submit("<jan@dupont.example>", List.of("info@bakker.example"),
                    "From: jan@dupont.example\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII)).code()).isEqualTo(250);
        }
        journal.await(MailEvent.Relayed.class, 1);
        scrape = body(AdminPort.of(relay).get("/metrics"));
    }

    @AfterAll
    void stop() {
        daemon.close();
        upstream.close();
    }

    @Test
    void showsQueueTimesOfficesUpstreamsDiskAndJava() {
        assertThat(scrape)
                .contains("\nfacteur_queue_letters{state=\"hold\"} 0.0\n", "\nfacteur_queue_oldest_age_seconds{state=\"deferred\"} 0.0\n")
                .contains("\nfacteur_accept_seconds_count 1\n", "\nfacteur_decision_seconds_count 1\n", "\nfacteur_commit_seconds_count 1\n")
                .contains("\nfacteur_relay_seconds_count{upstream=\"smarthost\"} 1\n", "\nfacteur_end_to_end_seconds_count 1\n")
                .contains("\nfacteur_office_events_total{event=\"relayed\",office=\"dupont\"} 1.0\n")
                .contains("\nfacteur_upstream_up{upstream=\"smarthost\"} 1.0\n", "\nfacteur_upstream_resting{upstream=\"smarthost\"} 0.0\n")
                .contains("\nfacteur_ready 1.0\n", "\nfacteur_state_floor_bytes 1.048576E8\n", "\njvm_memory_used_bytes{area=\"heap\"}")
                .containsPattern("\nfacteur_state_free_bytes [1-9]");
    }

    @Test
    void theDashboardAsksOnlyForWhatIsThere() throws IOException {
        var dashboard = load("facteur.dashboard.json");
        assertThat(dashboard.get("panels")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSizeGreaterThan(20);
        assertThatAllAreThere(expressions(dashboard));
    }

    @Test
    void theAlertsAskOnlyForWhatIsThere() throws IOException {
        var expressions = expressions(load("facteur.rules.yml"));
        assertThat(expressions).contains("up{job=\"facteur\"} == 0");
        assertThatAllAreThere(expressions.stream().filter(expression -> !expression.startsWith("up{")).toList());
    }

    @Test
    void theManPageHasEveryMeter() throws IOException {
        var page = Files.readString(Path.of("src", "man", "facteur.8"));
        var meters = Pattern.compile("(?m)^# TYPE (\\S+) ").matcher(scrape).results().map(type -> type.group(1)).toList();
        assertThat(meters).hasSizeGreaterThan(50);
        assertThat(meters.stream()
                .filter(name -> !page.contains(name) && !isPromised(name)))
                .isEmpty();
    }

    /// By `facteur_<event>_total`, `jvm_*` and `process_*`.
    private static boolean isPromised(String name) {
        return !name.startsWith("facteur_") || Arrays.stream(MailEvent.class.getPermittedSubclasses())
                .map(event -> event.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
                .anyMatch(event -> name.equals("facteur_" + event + "_total"));
    }

    @Test
    void promtoolFindsNothingWrong(@TempDir Path folder) throws IOException, InterruptedException {
        promtool("check", "rules", FOLDER.resolve("facteur.rules.yml").toString());
        promtool("test", "rules", FOLDER.resolve("facteur.rules.test.yml").toString());
        var text = Files.writeString(folder.resolve("scrape"), scrape);
        run(new ProcessBuilder("promtool", "check", "metrics").redirectInput(text.toFile()));
    }

    @Test
    void officesAreNotNamedUnlessAskedFor(@TempDir Path folder) throws IOException {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        var quiet = new RecordingJournal();
        try (var other = relay.start(quiet); var app = AppConnection.greeted(other.ports().getFirst())) {
            assertThat(app.submit("<jan@dupont.example>", List.of("info@bakker.example"), new byte[] {'\r', '\n'}).code()).isEqualTo(250);
            quiet.await(MailEvent.Relayed.class, 1);
            assertThat(AdminPort.of(relay).get("/metrics")).contains("facteur_relayed_total 1.0").doesNotContain("dupont", "office_events");
        }
    }

    private void assertThatAllAreThere(List<String> expressions) {
        assertThat(expressions).hasSizeGreaterThan(10);
        var samples = Pattern.compile("(?m)^[a-z_]+").matcher(scrape).results().map(sample -> sample.group()).toList();
        var missing = new TreeSet<String>();
        for (var expression : expressions) {
            var metrics = METRIC.matcher(expression).results().map(metric -> metric.group()).toList();
            assertThat(metrics).as(expression).isNotEmpty();
            metrics.stream().filter(metric -> !samples.contains(metric)).forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        run(new ProcessBuilder(command));
    }

    private static void run(ProcessBuilder promtool) throws IOException, InterruptedException {
        Process process;
        try {
            process = promtool.redirectErrorStream(true).start();
        } catch (IOException missing) {
            assumeTrue(false, "no promtool");
            throw missing;
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Map<?, ?> load(String file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FOLDER.resolve(file)));
    }

    private static List<String> expressions(Object tree) {
        var found = new ArrayList<String>();
        switch (tree) {
            case Map<?, ?> members -> members.forEach((key, value) -> {
                if (value instanceof String text && (key.equals("expr") || key.equals("definition"))) {
                    found.add(text);
                } else if (value != null) {
                    found.addAll(expressions(value));
                }
            });
            case List<?> elements -> elements.forEach(element -> found.addAll(expressions(element)));
            default -> {}
        }
        return found;
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
