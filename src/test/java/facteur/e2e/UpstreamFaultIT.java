package facteur.e2e;

import static facteur.fixture.Act.drop;
import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAndDrop;
import static facteur.fixture.Act.sayHalf;
import static facteur.fixture.Act.stall;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// After hours of any fault of the upstream each letter ends: relayed once it does right, or given back. What single
/// replies mean is in `OutcomeTest`; here it is what becomes of the letters.
final class UpstreamFaultIT {
    private static final byte[] LETTER =
            "From: jan@dupont.example\r\nSubject: faults\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        upstream.close();
    }

    static Stream<Arguments> faults() {
        var cues = List.of("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "BODY", ".");
        var replies = List.of(say("451 4.3.0 later"), sayAndDrop("421 4.3.2 closing"), drop(), sayHalf("45"), stall());
        return cues.stream().flatMap(cue -> replies.stream()
                .filter(act -> !cue.equals("BODY") || act.equals(drop()) || act.equals(stall()))
                .map(act -> Arguments.of(cue, act)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void relaysAllWhenTheUpstreamIsWellAgainAfterHours(String cue, Act fault) throws Exception {
        upstream.when(cue, fault);
        try (var relay = folder().start(time, journal)) {
            submit(relay.ports().getFirst(), "a@example.com");
            submit(relay.ports().getFirst(), "b@example.com", "c@example.com");
            awaitTrouble(3);
            var taken = upstream.letters().size();

            upstream.recover();
            time.advance(Duration.ofHours(3));
            journal.await(MailEvent.Relayed.class, 3);
            // What was in doubt may have come twice; nothing else has.
            assertThat(upstream.letters()).hasSize(taken + 2);
            assertThat(journal.events(MailEvent.Failed.class)).isEmpty();
            assertThat(journal.events(MailEvent.Held.class)).isEmpty();
        }
    }

    @Test
    void givesBackWhatIsRefusedAtEachStage() throws Exception {
        try (var relay = folder().start(time, journal)) {
            var reports = 0;
            for (var cue : List.of("MAIL", "RCPT", "DATA", ".")) {
                upstream.once(cue, say("550 5.7.1 never"));
                submit(relay.ports().getFirst(), "a@example.com");
                assertThat(journal.await(MailEvent.Bounced.class, ++reports)).hasSize(reports);
                journal.await(MailEvent.Relayed.class, reports);
            }
            assertThat(journal.events(MailEvent.UpstreamFailed.class)).isEmpty();
        }
    }

    /// The letter isn't to blame for what we have sent before it, nor for our name.
    @ParameterizedTest
    @ValueSource(strings = {
        ".: 550 5.4.5 Daily user sending limit exceeded.",
        "DATA: 554 5.7.0 The limit on the number of allowed outgoing messages was exceeded. Try again later.",
        "MAIL: 504 5.5.2 <relay>: Helo command rejected: need fully-qualified hostname",
    })
    void givesNothingBackForWhatIsAboutUs(String fault) throws Exception {
        var parts = fault.split(": ", 2);
        upstream.when(parts[0], say(parts[1]));
        try (var relay = folder().start(time, journal)) {
            submit(relay.ports().getFirst(), "a@example.com");
            assertThat(journal.await(MailEvent.UpstreamFailed.class, 1).getFirst().cause()).isEqualTo(parts[1]);
            submit(relay.ports().getFirst(), "b@example.com");

            upstream.recover();
            time.advance(Duration.ofHours(3));
            journal.await(MailEvent.Relayed.class, 2);
            assertThat(journal.events(MailEvent.Failed.class)).isEmpty();
        }
    }

    @Test
    void relaysToMoreRecipientsThanTheUpstreamTakes() throws Exception {
        upstream.whenMoreRecipientsThan(2, "452 4.5.3 Too many recipients");
        try (var relay = folder().start(time, journal)) {
            submit(relay.ports().getFirst(), "a@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com");

            assertThat(journal.await(MailEvent.Relayed.class, 5)).hasSize(5);
            assertThat(upstream.letters()).extracting(letter -> letter.recipients().size()).containsExactly(2, 2, 1);
            assertThat(journal.events(MailEvent.Deferred.class)).isEmpty();
        }
    }

    @Test
    void keepsTheFateOfEachRecipientApart() throws Exception {
        upstream.when("RCPT TO:<gone@", say("550 5.1.1 unknown"))
                .when("RCPT TO:<full@", say("452 4.2.2 full"))
                .when("RCPT TO:<busy@", say("450 4.2.1 busy"));
        try (var relay = folder().start(time, journal)) {
            submit(relay.ports().getFirst(), "taken@example.com", "gone@example.com", "full@example.com", "busy@example.com");
            journal.await(MailEvent.Deferred.class, 2);
            assertThat(journal.await(MailEvent.Bounced.class, 1)).hasSize(1);

            upstream.when("RCPT TO:<busy@", say("250 2.1.5 ok"));
            time.advance(Duration.ofMinutes(2));
            Awaitility.await().until(() -> journal.events(MailEvent.Relayed.class).stream()
                    .anyMatch(event -> event.recipient().equals("busy@example.com")));

            time.advance(Duration.ofDays(5));
            assertThat(journal.await(MailEvent.Bounced.class, 2)).hasSize(2);
            assertThat(journal.events(MailEvent.Failed.class)).extracting(MailEvent.Failed::recipient)
                    .containsExactly("gone@example.com", "full@example.com");
            assertThat(upstream.letters().stream().map(TakenLetter::recipients).filter(each -> each.contains("RCPT TO:<taken@example.com>")))
                    .hasSize(1);
        }
    }

    @Test
    void countsNothingAgainstLettersWhileConnectionsAreBusy() throws Exception {
        upstream.when("MAIL", stall());
        try (var relay = folder(", connections: 1", "turn: 200ms, command: 3s").start(time, journal)) {
            for (var i = 0; i < 10; i++) {
                submit(relay.ports().getFirst(), "a" + i + "@example.com");
            }
            journal.await(MailEvent.Deferred.class, 9);
            assertThat(journal.events(MailEvent.Deferred.class)).allMatch(event -> event.attempts() == 0);

            upstream.recover();
            Awaitility.await().until(() -> {
                time.advance(Duration.ofSeconds(10));
                return journal.events(MailEvent.Relayed.class).size() == 10;
            });
        }
    }

    /// Deferred, in doubt, or waiting for an upstream that is down.
    private void awaitTrouble(int recipients) {
        Awaitility.await().until(() -> journal.events(MailEvent.Deferred.class).size()
                + journal.events(MailEvent.InDoubt.class).size()
                >= recipients);
    }

    private RelayFolder folder() {
        return folder("", "command: 300ms, block: 300ms, end-of-data: 300ms");
    }

    private RelayFolder folder(String more, String timeouts) {
        return new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("""
                        upstreams:
                          - { name: smarthost, kind: smtp, address: "127.0.0.1:%d", tls: none, timeouts: { %s }%s }
                        """.formatted(upstream.port(), timeouts, more));
    }

    private static void submit(int port, String... recipients) throws Exception {
        try (var app = AppConnection.greeted(port)) {
            assertThat(app.submit("<jan@dupont.example>", List.of(recipients), LETTER).code()).isEqualTo(250);
        }
    }
}
