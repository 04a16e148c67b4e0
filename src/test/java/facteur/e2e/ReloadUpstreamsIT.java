package facteur.e2e;

import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayWhen;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.ReloadResult;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A reload moves upstreams and routes under letters that are on their way: each is relayed once.
final class ReloadUpstreamsIT {
    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void aLetterInDataLeavesByTheUpstreamAtItsEnd() throws Exception {
        var relay = relay("name: smarthost, " + address(first));
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            app.say("MAIL FROM:<jan@dupont.example>");
            app.say("RCPT TO:<client@example.com>");
            assertThat(app.say("DATA").code()).isEqualTo(354);
            app.send("From: jan@dupont.example\r\n");
            relay.edited(address(first), address(second));
            assertThat(reload(daemon)).containsExactly("upstreams[0].address");
            app.send("\r\nGood day!\r\n.\r\n");
            assertThat(app.reply().code()).isEqualTo(250);
            assertThat(second.awaitLetters(1)).hasSize(1);
            assertThat(first.connections()).isZero();
            assertThat(app.say("NOOP").code()).isEqualTo(250);
        }
    }

    @Test
    void aRunningAttemptEndsWhereItBegan() throws Exception {
        var relay = relay("name: smarthost, " + address(first));
        var speaks = new CountDownLatch(1);
        first.once(".", sayWhen(speaks, "250 2.0.0 taken"));
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            submit(app, "stalled");
            first.awaitLetters(1);
            relay.edited(address(first), address(second));
            assertThat(reload(daemon)).containsExactly("upstreams[0].address");
            submit(app, "next");
            assertThat(second.awaitLetters(1)).hasSize(1);
            assertThat(journal.await(MailEvent.Relayed.class, 1)).extracting(MailEvent.Relayed::recipient).containsExactly("next@example.com");
            speaks.countDown();
            journal.await(MailEvent.Relayed.class, 2);
            first.awaitNoConnection();
        }
        assertThat(first.letters()).hasSize(1);
        assertThat(second.letters()).hasSize(1);
    }

    @Test
    void whatFailedAtTheOldUpstreamGoesToTheNew() throws Exception {
        var relay = relay("name: smarthost, " + address(first));
        var speaks = new CountDownLatch(1);
        first.once(".", sayWhen(speaks, "451 4.3.0 later"));
        var time = new TestTime();
        try (var daemon = relay.start(time, journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            submit(app, "client");
            first.awaitLetters(1);
            relay.edited(address(first), address(second));
            reload(daemon);
            speaks.countDown();
            journal.await(MailEvent.Deferred.class, 1);
            time.advance(Duration.ofMinutes(2));
            assertThat(second.awaitLetters(1)).hasSize(1);
            assertThat(journal.await(MailEvent.Relayed.class, 1)).hasSize(1);
        }
    }

    @Test
    void anUpstreamThatWasDownIsTriedAtOnceAtItsNewAddress() throws Exception {
        var relay = relay("name: smarthost, " + address(first));
        first.when("CONNECT", say("554 5.3.2 closed"));
        try (var daemon = relay.start(new TestTime(), journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            submit(app, "client");
            journal.await(MailEvent.UpstreamFailed.class, 1);
            relay.edited(address(first), address(second));
            reload(daemon);
            // The clock stands still: a rest would never be over.
            submit(app, "next");
            assertThat(second.awaitLetters(1)).hasSize(1);
        }
    }

    @Test
    void anUnchangedUpstreamKeepsItsConnections() throws Exception {
        var relay = relay("name: smarthost, " + address(first));
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            submit(app, "one");
            journal.await(MailEvent.Relayed.class, 1);
            relay.edited("name: smarthost,", "name: smarthost, letters-per-day: 100, weight: 2,").edited("retry: 1m", "retry: 2m");
            assertThat(reload(daemon)).containsExactly("delivery.retry", "upstreams[0].letters-per-day", "upstreams[0].weight");
            submit(app, "two");
            journal.await(MailEvent.Relayed.class, 2);
            assertThat(first.connections()).isEqualTo(1);
        }
    }

    @Test
    void capsAreNotForgotten() throws Exception {
        var relay = relay("name: smarthost, letters-per-day: 2, " + address(first));
        try (var daemon = relay.start(new TestTime(), journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            submit(app, "one");
            submit(app, "two");
            journal.await(MailEvent.Relayed.class, 2);
            reload(daemon);
            submit(app, "three");
            // Else its attempt may still begin at the first upstream, under the new cap.
            journal.await(MailEvent.UpstreamCapped.class, 1);
            // Another address under the same name, and more letters.
            relay.edited(address(first), address(second)).edited("letters-per-day: 2", "letters-per-day: 3");
            reload(daemon);
            journal.await(MailEvent.Relayed.class, 3);
            submit(app, "four");
            journal.await(MailEvent.UpstreamCapped.class, 2);
            assertThat(second.letters()).hasSize(1);
            assertThat(first.letters()).hasSize(2);
        }
    }

    @Test
    void lettersOfARemovedRouteLeaveByAnother() throws Exception {
        var relay = relay("name: gone, " + address(first));
        first.when("CONNECT", say("554 5.3.2 closed"));
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            submit(app, "one");
            submit(app, "two");
            journal.await(MailEvent.UpstreamFailed.class, 1);
            relay.edited("name: gone", "name: other").edited(address(first), address(second));
            reload(daemon);
            assertThat(second.awaitLetters(2)).hasSize(2);
            journal.await(MailEvent.Relayed.class, 2);
        }
    }

    /// A letter whose attempt is still running there follows afterwards.
    @Test
    void aRunningAttemptOnARemovedRouteIsNotCutShort() throws Exception {
        var relay = relay("name: gone, " + address(first));
        var speaks = new CountDownLatch(1);
        first.once(".", sayWhen(speaks, "451 4.3.0 later"));
        var time = new TestTime();
        try (var daemon = relay.start(time, journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            submit(app, "client");
            first.awaitLetters(1);
            relay.edited("name: gone", "name: other").edited(address(first), address(second));
            reload(daemon);
            speaks.countDown();
            journal.await(MailEvent.Deferred.class, 1);
            time.advance(Duration.ofMinutes(2));
            assertThat(second.awaitLetters(1)).hasSize(1);
        }
        assertThat(first.letters()).hasSize(1);
    }

    /// Fifty reloads, each moves the smarthost and gives its route another name, while two apps send.
    @Test
    void losesNothingAndSendsNothingTwiceUnderFiftyReloads() throws Exception {
        var relay = relay("name: smarthost, " + address(first));
        var isOver = new AtomicBoolean();
        var sent = new ArrayList<String>();
        try (var daemon = relay.start(journal); var apps = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending = List.of("a", "b").stream()
                    .map(name -> apps.submit(() -> send(daemon.ports().getFirst(), name, isOver)))
                    .toList();
            for (var i = 0; i < 50; i++) {
                var seen = journal.events(MailEvent.Accepted.class).size();
                var isEven = i % 2 == 0;
                relay.edited(address(isEven ? first : second), address(isEven ? second : first))
                        .edited("name: " + (i % 3 == 0 ? "smarthost" : i % 3 == 1 ? "one" : "two"),
                                "name: " + (i % 3 == 0 ? "one" : i % 3 == 1 ? "two" : "smarthost"));
                assertThat(reload(daemon)).contains("upstreams[0].address", "upstreams[0].name");
                journal.await(MailEvent.Accepted.class, seen + 1);
            }
            isOver.set(true);
            for (var app : sending) {
                sent.addAll(app.get());
            }
            journal.await(MailEvent.Relayed.class, sent.size());
        }
        var arrived = new ArrayList<>(first.letters());
        arrived.addAll(second.letters());
        assertThat(arrived.stream().map(letter -> letter.recipients().getFirst()).collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(first.letters()).isNotEmpty();
        assertThat(second.letters()).isNotEmpty();
    }

    /// All over one connection.
    private static List<String> send(int port, String name, AtomicBoolean isOver) throws IOException {
        var sent = new ArrayList<String>();
        try (var app = AppConnection.greeted(port)) {
            while (!isOver.get()) {
                var recipient = name + sent.size();
                submit(app, recipient);
                sent.add("RCPT TO:<" + recipient + "@example.com>");
            }
        }
        return sent;
    }

    private static void submit(AppConnection app, String recipient) throws IOException {
        var letter = "From: jan@dupont.example\r\n\r\nGood day!\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(app.submit("<jan@dupont.example>", List.of(recipient + "@example.com"), letter).code()).isEqualTo(250);
    }

    /// @return the keys that changed
    private static List<String> reload(Daemon daemon) {
        var outcome = (ReloadResult.Applied) daemon.reload();
        assertThat(outcome.atNextStart()).isEmpty();
        return outcome.changed();
    }

    private static String address(ScriptedUpstream upstream) {
        return "address: \"127.0.0.1:" + upstream.port() + "\"";
    }

    private RelayFolder relay(String upstream) {
        return new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("upstreams: [{ kind: smtp, tls: none, " + upstream + " }]\ndelivery: { retry: 1m }\n");
    }
}
