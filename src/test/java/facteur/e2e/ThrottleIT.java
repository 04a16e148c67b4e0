package facteur.e2e;

import static facteur.fixture.Act.sayAndDrop;
import static facteur.fixture.Act.sayWhen;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upstream that serves five connections, or three letters a day, is not down: letters wait, and none is the worse for
/// it.
final class ThrottleIT {
    private static final byte[] LETTER =
            "From: jan@dupont.example\r\nSubject: many\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void relaysAllOverFiveConnectionsWithoutAnAttemptCounted() throws Exception {
        var served = new CountDownLatch(1);
        upstream.whenMoreThan(5, "CONNECT", sayAndDrop("421 4.7.0 too many connections"));
        upstream.when(".", sayWhen(served, "250 2.0.0 taken"));
        try (var relay = folder("").start(time, journal)) {
            submit(relay.ports().getFirst(), 200);
            Awaitility.await().until(() -> transcribed("S: 421 4.7.0") > 0);
            served.countDown();

            assertThat(upstream.awaitLetters(200)).hasSize(200);
            journal.await(MailEvent.Relayed.class, 200);
            var throttled = journal.await(MailEvent.UpstreamThrottled.class, 1);
            assertThat(throttled.getFirst().connections()).isEqualTo(5);
            assertThat(throttled.getFirst().cause()).isEqualTo("421 4.7.0 too many connections");
            assertThat(throttled).hasSize(1);
            assertThat(journal.events(MailEvent.Deferred.class)).isEmpty();
            assertThat(journal.events(MailEvent.UpstreamFailed.class)).isEmpty();
            assertThat(AdminPort.of(new RelayFolder(folder)).get("/metrics"))
                    .contains("facteur_upstream_connection_limit{upstream=\"smarthost\"} 5.0");
        }
    }

    @Test
    void keepsWhatIsTooMuchForADayUntilTheNext() throws Exception {
        try (var relay = folder("letters-per-day: 3, ").start(time, journal)) {
            submit(relay.ports().getFirst(), 5);
            journal.await(MailEvent.Relayed.class, 3);
            assertThat(journal.await(MailEvent.UpstreamCapped.class, 1).getFirst().cap()).isEqualTo("letters-per-day");
            time.advance(Duration.ofHours(23));
            assertThat(upstream.letters()).hasSize(3);

            // A letter that is looked at while the clock is moved is due a while later.
            Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(200)).until(() -> {
                time.advance(Duration.ofHours(2));
                return journal.events(MailEvent.Relayed.class).size() == 5;
            });
            assertThat(upstream.letters()).hasSize(5);
            assertThat(journal.events(MailEvent.UpstreamCapped.class)).hasSize(1);
            assertThat(journal.events(MailEvent.UpstreamFailed.class)).isEmpty();
            assertThat(journal.events(MailEvent.Deferred.class)).allMatch(event -> event.attempts() == 0);
        }
    }

    private long transcribed(String beginning) {
        return upstream.transcript().stream().filter(line -> line.startsWith(beginning)).count();
    }

    private RelayFolder folder(String keys) {
        return new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("""
                        upstreams:
                          - { %s name: smarthost, kind: smtp, address: "127.0.0.1:%d", tls: none }
                        """.formatted(keys, upstream.port()));
    }

    private static void submit(int port, int letters) throws Exception {
        try (var app = AppConnection.greeted(port)) {
            for (var i = 0; i < letters; i++) {
                assertThat(app.submit("<jan@dupont.example>", List.of("client" + i + "@example.com"), LETTER).code())
                        .isEqualTo(250);
            }
        }
    }
}
