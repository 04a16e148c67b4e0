package facteur.e2e;

import facteur.fixture.Dialogue;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The dialogues of `src/test/resources/dialogue`, each on a connection of its own. Those named `stranger-…` are with a
/// relay that knows no app here; those named `strict-…` with one that refuses bare line feeds; those named `starttls…`
/// and `required-…` with one that has a certificate; those named `login-…` with one that knows apps by login alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListenerIT {
    private static final String LIMITS = """
            limits: { message-size: 100KB, header-size: 4KB, header-fields: 20, line-length: 2000B, body-in-memory: 16KB,
                      received-fields: 5, recipients: 100, errors: 100 }
            """;

    private Daemon relay;
    private Daemon strict;
    private Daemon stranger;
    private Daemon secure;
    private Daemon login;

    @BeforeAll
    void start(@TempDir Path first, @TempDir Path second, @TempDir Path third, @TempDir Path fourth) throws IOException {
        relay = new RelayFolder(first)
                .office("dupont", RelayFolder.DUPONT)
                .configured(LIMITS)
                .start(new RecordingJournal());
        strict = new RelayFolder(second)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith("listeners", "[{ address: \"127.0.0.1:0\", line-endings: reject }]", LIMITS)
                .start(new RecordingJournal());
        stranger = new RelayFolder(third)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith("apps", "[{ name: far, networks: [192.0.2.0/24], offices: [dupont] }]", LIMITS)
                .start(new RecordingJournal());
        secure = new RelayFolder(fourth)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        "listeners",
                        "[{ address: \"127.0.0.1:0\", tls: starttls }, { address: \"127.0.0.1:0\", tls: starttls-required }]",
                        LIMITS + TestTls.section("relay.pem", "relay-pkcs8.key"))
                .start(new RecordingJournal());
    }

    @BeforeAll
    void startWithLogins(@TempDir Path folder) {
        login = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith("apps", RelayFolder.LOGIN, LIMITS.replace(" }", ", login-failures: 1000, login-delay: 0s }"))
                .start(new RecordingJournal());
    }

    @AfterAll
    void stop() {
        relay.close();
        strict.close();
        stranger.close();
        secure.close();
        login.close();
    }

    static Stream<Path> dialogues() throws Exception {
        var folder = Path.of(Objects.requireNonNull(ListenerIT.class.getResource("/dialogue")).toURI());
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void speaks(Path dialogue) throws IOException {
        var name = dialogue.getFileName().toString();
        Dialogue.play(dialogue, switch (name.split("[-.]")[0]) {
            case "stranger" -> stranger.ports().getFirst();
            case "strict" -> strict.ports().getFirst();
            case "starttls" -> secure.ports().getFirst();
            case "required" -> secure.ports().getLast();
            case "login" -> login.ports().getFirst();
            default -> relay.ports().getFirst();
        });
    }
}
