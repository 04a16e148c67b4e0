package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.Ended;
import facteur.fixture.PlainVerifier;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedDns;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.dkim.KeyFolder;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An office's domain, from added by a command to verified by DNS alone, and lost again. The daemon's clock is
/// the test's; it starts at the command's.
final class DomainIT {
    private static final Pattern ZONE_LINE = Pattern.compile("(\\S+)\\. 3600 IN TXT (.*)");

    @TempDir
    private Path folder;

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private ScriptedDns dns;
    private ScriptedUpstream upstream;
    private RelayFolder relay;

    @BeforeEach
    void configure() {
        dns = ScriptedDns.start();
        upstream = ScriptedUpstream.start();
        relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(Map.of("domains", "{ resolvers: [\"" + dns.resolver() + "\"], timeout: 2s }"), """
                        upstreams:
                          - { name: smarthost, kind: smtp, address: "127.0.0.1:%d", tls: none }
                        """.formatted(upstream.port()));
        time.advance(Duration.between(TestTime.START, Instant.now()));
    }

    @AfterEach
    void close() {
        upstream.close();
        dns.close();
    }

    @Test
    void isUsedWhileDnsProvesIt() throws Exception {
        var shared = new PlainVerifier(publishShared());
        try (var daemon = relay.start(time, journal)) {
            assertThat(submit(daemon)).contains("From: Cabinet Dupont <inbox@shared.example>");
            assertThat(journal.await(MailEvent.FromFallback.class, 1).getFirst().reason())
                    .isEqualTo("dupont.example was not added for office dupont");

            var added = facteur("domain", "add", "Dupont.example", "--office", "dupont");
            // What is there already is no act.
            assertThat(facteur("domain", "add", "dupont.example", "--office", "dupont").exitCode()).isZero();
            assertThat(facteur("log", "--acts").out().lines()).singleElement().asString()
                    .contains("  domain add Dupont.example --office dupont ");
            assertThat(added.exitCode()).as(added.err()).isZero();
            assertThat(added.out()).contains("_facteur.dupont.example", "facteur-verification=", "v=DKIM1; k=rsa; p=", "v=DKIM1; k=ed25519; p=");
            await().until(() -> meters(daemon).contains("facteur_domains{state=\"pending\"} 1.0"));
            submit(daemon);
            assertThat(journal.await(MailEvent.FromFallback.class, 2).getLast().reason()).isEqualTo("dupont.example is pending");

            var names = publish();
            assertThat(names).hasSize(3);
            changes(1, "pending", "verified");
            var notice = noticeAfter(3);
            assertThat(notice.mail()).startsWith("MAIL FROM:<>");
            assertThat(notice.recipients().toString()).contains("office@dupont.example");
            assertThat(notice.data()).contains("<inbox@shared.example>", "Subject: dupont.example is verified", "Auto-Submitted: auto-generated");
            assertThat(shared.verify(notice.data())).containsExactly("pass", "pass");
            assertThat(submit(daemon)).contains("From: Cabinet Dupont SRL <office@dupont.example>");
            assertThat(journal.events(MailEvent.FromFallback.class)).hasSize(2);

            names.forEach(dns::without);
            changes(2, "verified", "degraded");
            assertThat(submit(daemon)).contains("<office@dupont.example>");
            changes(3, "degraded", "suspended");
            assertThat(submit(daemon)).contains("<inbox@shared.example>");
            assertThat(journal.await(MailEvent.FromFallback.class, 3).getLast().reason()).isEqualTo("dupont.example is suspended");
            assertThat(meters(daemon)).contains("facteur_domains{state=\"suspended\"} 1.0", "facteur_from_fallback_total 3.0");
            assertThat(facteur("explain", "--office", "dupont").out()).contains("fallback  dupont.example is suspended");

            relay.office("dupont", RelayFolder.DUPONT + "when-unverified: refuse\n");
            daemon.reload();
            try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
                assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), letter()).toString())
                        .isEqualTo("550 5.7.1 From not verified: dupont.example is suspended");
            }
        }
    }

    @Test
    void isLookedAtWithoutADaemon() throws Exception {
        assertThat(facteur("domain", "list").exitCode()).isEqualTo(73);
        relay.start(time, journal).close();
        assertThat(facteur("domain", "check", "dupont.example"))
                .isEqualTo(new Ended(65, "", "facteur: no office has claimed dupont.example\n"));
        assertThat(facteur("domain", "add", "gmail.com", "--office", "dupont").exitCode()).isEqualTo(65);
        assertThat(facteur("domain", "add", "shared.example", "--office", "dupont").exitCode()).isZero();
        assertThat(facteur("domain", "remove", "shared.example", "--office", "dupont").exitCode()).isZero();
        assertThat(facteur("domain", "add", "xn--fa-hia.example", "--office", "dupont").out()).contains("_facteur.xn--fa-hia.example");
        assertThat(facteur("domain", "list", "--json").out()).contains("\"domain\": \"xn--fa-hia.example\"", "\"unicode\": \"fa");
        assertThat(facteur("domain", "remove", "xn--fa-hia.example", "--office", "dupont").exitCode()).isZero();
        assertThat(facteur("domain", "add", "dupont example", "--office", "dupont").exitCode()).isEqualTo(64);
        assertThat(facteur("domain", "add", "dupont.example").exitCode()).isEqualTo(64);

        assertThat(facteur("domain", "add", "dupont.example", "--office", "dupont", "--json").out())
                .containsSubsequence("\"domain\": \"dupont.example\"", "\"name\": \"_facteur.dupont.example\"", "\"type\": \"TXT\"",
                        "\"strings\": [");
        var missing = facteur("domain", "check", "dupont.example");
        assertThat(missing.exitCode()).isEqualTo(65);
        assertThat(missing.out()).contains("dupont.example for office dupont: pending", "wrong", "found     there is no such name");

        publish();
        dns.txt("_dmarc.dupont.example", "v=DMARC1; p=reject");
        var proved = facteur("domain", "check", "dupont.example", "--explain");
        assertThat(proved.exitCode()).isZero();
        assertThat(proved.out()).contains(
                "pending -> verified",
                "a receiver that enforces DMARC will pass this letter by DKIM (d=dupont.example); SPF is not aligned because the"
                        + " reverse-path is inbox@shared.example",
                "of letters that fail, dupont.example asks: reject",
                "shared.example has no SPF record, so no letter passes by SPF");
        assertThat(facteur("domain", "list").out()).containsPattern("dupont.example +dupont +verified");
        assertThat(facteur("domain", "check", "dupont.example", "--json").out())
                .containsSubsequence("\"state\": \"verified\"", "\"evidence\": \"proved\"", "\"verdict\": \"right\"");

        assertThat(facteur("domain", "rotate", "dupont.example").out()).contains("key that letters are signed with", "key, not seen in DNS yet");
        assertThat(facteur("domain", "records", "dupont.example", "--zone").out().lines()).hasSize(5).allMatch(ZONE_LINE.asMatchPredicate());
        dns.manner("_facteur.dupont.example", ScriptedDns.Manner.SERVFAIL);
        assertThat(facteur("domain", "check", "dupont.example").exitCode()).isEqualTo(69);
        assertThat(facteur("domain", "remove", "dupont.example", "--office", "dupont").out())
                .isEqualTo("dupont.example  removed from office dupont\n");
        assertThat(facteur("domain", "list", "--json").out()).contains("\"domains\": []");
    }

    private List<Published> publishShared() throws IOException {
        var keys = new KeyFolder(relay.state());
        for (var stored : keys.create("shared.example", time.instant()).keys()) {
            keys.activate("shared.example", stored.key().selector(), time.instant());
        }
        return Published.of("shared.example", keys.read("shared.example").signing());
    }

    @Test
    void isAddedForAnOfficeThatThereIs() throws Exception {
        relay.start(time, journal).close();
        relay.office("broken", "reply-to: nowhere\n");
        for (var domain : List.of("dupont.example", "shared.example")) {
            assertThat(facteur("domain", "add", domain, "--office", "unknown"))
                    .isEqualTo(new Ended(65, "", "facteur: no such office: unknown\n"));
        }
        var wrong = facteur("domain", "add", "dupont.example", "--office", "broken");
        assertThat(wrong.exitCode()).isEqualTo(78);
        assertThat(wrong.err()).contains("facteur: settings are wrong: ");

        var status = new AtomicInteger(404);
        var service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        service.start();
        try {
            relay.configured("settings: { source: http, http: { url: \"http://127.0.0.1:%d\" } }".formatted(service.getAddress().getPort()));
            assertThat(facteur("domain", "add", "dupont.example", "--office", "dupont").exitCode()).isEqualTo(65);
            status.set(503);
            var down = facteur("domain", "add", "dupont.example", "--office", "dupont");
            assertThat(down.exitCode()).isEqualTo(69);
            assertThat(down.err()).startsWith("facteur: settings not available: ");
        } finally {
            service.stop(0);
        }
        assertThat(facteur("domain", "list", "--json").out()).contains("\"domains\": []");
        assertThat(relay.state().resolve("keys")).doesNotExist();
    }

    /// Puts into the DNS what the command says.
    private List<String> publish() throws Exception {
        var names = new ArrayList<String>();
        for (var line : facteur("domain", "records", "dupont.example", "--zone").out().lines().toList()) {
            var matcher = ZONE_LINE.matcher(line);
            assertThat(matcher.matches()).isTrue();
            var text = matcher.group(2);
            dns.txt(matcher.group(1), text.substring(1, text.length() - 1).replace("\" \"", ""));
            names.add(matcher.group(1));
        }
        return names;
    }

    /// Turns the clock until the claim has changed.
    private void changes(int count, String before, String state) {
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20)).until(() -> {
            time.advance(Duration.ofMinutes(20));
            return journal.events(MailEvent.DomainChanged.class).size() >= count;
        });
        var change = journal.events(MailEvent.DomainChanged.class).get(count - 1);
        assertThat(change.before() + " " + change.state()).isEqualTo(before + " " + state);
    }

    private TakenLetter noticeAfter(int letters) {
        return upstream.awaitLetters(letters).get(letters - 1);
    }

    /// @return what the upstream got
    private String submit(Daemon daemon) throws IOException {
        var before = upstream.letters().size();
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), letter()).code()).isEqualTo(250);
        }
        // A notice may come in between.
        return await().until(
                () -> upstream.letters().stream().skip(before).filter(letter -> letter.data().contains("It is due")).findFirst(),
                Optional::isPresent)
                .orElseThrow()
                .data();
    }

    private static byte[] letter() {
        return "From: jan@dupont.example\r\nSubject: invoice\r\n\r\nIt is due.\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    private static String meters(Daemon daemon) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + daemon.adminPort().orElseThrow() + "/metrics");
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private Ended facteur(String... words) {
        return Command.run(relay.config(), words);
    }
}
