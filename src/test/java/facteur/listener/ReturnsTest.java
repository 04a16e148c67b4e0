package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Dialogue;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.fixture.TestTls;
import facteur.intake.SubmissionResult;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.systemd.PassedSockets;
import facteur.platform.tls.TlsKeys;
import facteur.platform.tls.TlsSection;
import facteur.returns.ArrivedReturn;
import facteur.returns.ClosedDoor;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The dialogues of a listener for returns: its own, and those of `ListenerIT` that say nothing of apps. Its door knows every
/// address but those whose local part is `nobody`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReturnsTest {
    /// About logins and offices, and what is reported to apps.
    private static final Set<String> OF_APPS = Set.of("stranger", "login", "dsn", "offices", "greeting", "loop");

    private static final String CONFIGURATION = """
            returns: { domain: return.example.org }
            limits: { message-size: 100KB, header-size: 4KB, header-fields: 20, line-length: 2000B, body-in-memory: 16KB,
                      received-fields: 5, recipients: 100, errors: 100 }
            """ + TestTls.section("relay.pem", "relay-pkcs8.key");

    private final RecordingJournal journal = new RecordingJournal();
    private final TestTime time = new TestTime();
    private final List<Listener> listeners = new ArrayList<>();

    private final ReturnDoor door = new ReturnDoor() {
        private final QueueIds ids = new QueueIds(time, RandomGenerator.getDefault());

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
        relaxed = listener("tls: none", false);
        strict = listener("tls: none, line-endings: reject", false);
        starttls = listener("tls: starttls", false);
        required = listener("tls: starttls-required", false);
        returns = listener("line-endings: repair", true);
    }

    /// @param own whether it has the limits of returns, but for the pause
    private Listener listener(String keys, boolean own) throws IOException {
        var problems = new Problems();
        var root = ConfigFile.parse(CONFIGURATION + "listeners: [{ takes: returns, address: \"127.0.0.1:0\", " + keys + " }, { address: \"127.0.0.1:0\" }]",
                Path.of("facteur.yaml"), problems);
        var settings = ListenerSettings.from(root, root.section("limits"), "relay.example.org");
        var mine = settings.getFirst();
        var theirs = settings.getLast();
        assertThat(problems.list()).isEmpty();
        var session = own ? mine.session().withTarpit(new Tarpit(3, 20, Duration.ZERO)) : theirs.session();
        var message = own ? mine.message() : theirs.message();
        var recipients = own ? mine.recipients() : theirs.recipients();
        var keysOfTls = new TlsKeys(TlsSection.read(root.section("tls"), time));
        var shared = new Listener.Shared(keysOfTls, new ReceivingMemory(1 << 24), () -> Files.createTempFile("body", ""), journal,
                PassedSockets.of(_ -> null));
        var listener = Listener.forReturns(
                new ListenerSettings(mine.address(), Takes.RETURNS, mine.hostname(), message, mine.lineEndings(), mine.tls(), List.of(),
                        mine.connections(), session, recipients, mine.commandTimeout(), mine.handshakeTimeout(), mine.stopTimeout()),
                door, new NetworkRates(time), shared);
        listeners.add(listener);
        listener.start();
        return listener;
    }

    @AfterAll
    void stop() {
        listeners.forEach(Listener::close);
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
}
