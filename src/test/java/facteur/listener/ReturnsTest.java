package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.Dialogue;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.fixture.TestTls;
import facteur.intake.SubmissionResult;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueIds;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import facteur.returns.ArrivedReturn;
import facteur.returns.ClosedDoor;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The dialogues of a listener for returns: its own, and those of `ListenerIT` that say nothing of apps. Its door knows every
/// address but those whose local part is `nobody`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReturnsTest {
    /// About logins and offices, and what is reported to apps.
    private static final Set<String> OF_APPS = Set.of("stranger", "login", "dsn", "offices", "greeting", "loop");

    private final RecordingJournal journal = new RecordingJournal();

    private final ReturnDoor door = new ReturnDoor() {
        private final QueueIds ids = new QueueIds(new TestTime(), RandomGenerator.getDefault());

        @Override
        public Optional<Reply> refusal(Address recipient) {
            return recipient.localPart().equals("nobody") ? Optional.of(ClosedDoor.NO_SUCH_ADDRESS) : Optional.empty();
        }

        @Override
        public SubmissionResult accept(ArrivedReturn arrived) {
            arrived.message().body().discard();
            return new SubmissionResult.Queued(ids.next());
        }
    };
    private Listener relaxed;
    private Listener strict;
    private Listener starttls;
    private Listener required;
    private Listener returns;

    @BeforeAll
    void start() throws IOException {
        var made = new ReturnListener(door, journal);
        relaxed = made.relaxed("tls: none");
        strict = made.relaxed("tls: none, line-endings: reject");
        starttls = made.relaxed("tls: starttls");
        required = made.relaxed("tls: starttls-required");
        returns = made.hasty("tls: starttls");
    }

    @AfterAll
    void stop() {
        Stream.of(relaxed, strict, starttls, required, returns).forEach(Listener::close);
        assertThat(journal.events(MailEvent.TurnedAway.class)).isEmpty();
    }

    static Stream<Path> dialogues() {
        return Stream.concat(
                in("/dialogue").filter(file -> !OF_APPS.contains(word(file))),
                in("/dialogue-returns"));
    }

    private static Stream<Path> in(String folder) {
        try (var files = Files.list(Path.of(Objects.requireNonNull(ReturnsTest.class.getResource(folder)).getPath()))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(Path file) {
        return file.getFileName().toString().split("[-.]")[0];
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void speaks(Path dialogue) throws IOException {
        Dialogue.play(dialogue, switch (word(dialogue)) {
            case "strict" -> strict.port();
            case "starttls" -> starttls.port();
            case "required" -> required.port();
            case "returns" -> returns.port();
            default -> relaxed.port();
        });
    }

    /// Hosts have certificates of authorities that nobody here has heard of. Asked for one, they would be turned away for it.
    @Test
    void asksNoHostForACertificate() throws IOException {
        try (var host = AppConnection.silent(starttls.port())) {
            host.reply();
            host.say("EHLO mx.example");
            host.say("STARTTLS");
            assertThat(host.shakeHands(TestTls.showing("stranger-client.p12")).getLocalCertificates()).isNull();
            assertThat(host.say("EHLO mx.example").code()).isEqualTo(250);
            assertThat(host.say("MAIL FROM:<>").code()).isEqualTo(250);
        }
    }

    @Test
    void saysWhoNamedWhatInVain() throws IOException {
        try (var host = AppConnection.greeted(returns.port())) {
            host.say("MAIL FROM:<>");
            host.say("RCPT TO:<nobody@return.example.org>");
        }
        assertThat(journal.events(MailEvent.RecipientRefused.class))
                .contains(new MailEvent.RecipientRefused(
                        "127.0.0.1", "app.example", "nobody@return.example.org", "550 5.1.1 No such return address"));
    }

    @Test
    void whoGuessesWaits() throws IOException {
        var pause = Duration.ofMillis(50);
        var sticky = new ReturnListener(door, journal).sticky(pause);
        try (var host = AppConnection.greeted(sticky.port())) {
            guess(host);
            var start = System.nanoTime();
            assertThat(host.say("NOOP").code()).isEqualTo(250);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(pause);
        } finally {
            sticky.close();
        }
    }

    @Test
    @Timeout(10)
    void aStopWaitsForNobodyWhoWaits() throws IOException {
        var sticky = new ReturnListener(door, journal).sticky(Duration.ofHours(1));
        try (var host = AppConnection.greeted(sticky.port())) {
            guess(host);
            host.send("NOOP\r\n");
            sticky.close();
            assertThat(host.rest()).asString().contains("421 4.3.2 ");
        }
    }

    @Test
    void aNetworkHasFiftyConnections() throws IOException {
        var proxied = new ReturnListener(door, journal).hasty("tls: none, proxy-from: [127.0.0.0/8]");
        var open = new ArrayList<AppConnection>();
        try {
            for (var i = 0; i < 50; i++) {
                open.add(from("192.0.2." + i, proxied));
                assertThat(open.getLast().reply().code()).isEqualTo(220);
            }
            open.add(from("192.0.2.200", proxied));
            assertThat(open.getLast().reply()).hasToString("421 4.3.2 Too many connections, try again later");
            open.add(from("192.0.3.1", proxied));
            assertThat(open.getLast().reply().code()).isEqualTo(220);
        } finally {
            for (var host : open) {
                host.close();
            }
            proxied.close();
        }
    }

    private static AppConnection from(String peer, Listener listener) throws IOException {
        var host = AppConnection.silent(listener.port());
        host.send("PROXY TCP4 " + peer + " 198.51.100.1 40000 25\r\n");
        return host;
    }

    private static void guess(AppConnection host) throws IOException {
        host.say("MAIL FROM:<>");
        assertThat(host.say("RCPT TO:<nobody@return.example.org>").code()).isEqualTo(550);
    }
}
