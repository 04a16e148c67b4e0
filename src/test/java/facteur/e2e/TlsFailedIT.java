package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the event says when an app doesn't like our TLS, in the apps' own ways to say so; programs that aren't installed are
/// passed over.
@Timeout(60)
final class TlsFailedIT {
    private static final Path PYTHON = Path.of("src/test/resources/client/tls.py").toAbsolutePath();
    private static final Path NODE = Path.of("src/test/resources/client/tls.js").toAbsolutePath();

    private final RecordingJournal journal = new RecordingJournal();
    private Daemon daemon;

    @BeforeEach
    void start(@TempDir Path folder) {
        daemon = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        Map.of("listeners", "[{ address: \"127.0.0.1:0\", tls: starttls }, { address: \"127.0.0.1:0\", tls: implicit }]"),
                        TestTls.section("relay.pem", "relay-pkcs8.key"))
                .start(journal);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    /// By STARTTLS, and on a port for TLS.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            openssl s_client -connect 127.0.0.1:STARTTLS -starttls smtp -tls1_3 -verify_return_error | unknown_ca (the app doesn't trust the certificate)
            openssl s_client -connect 127.0.0.1:STARTTLS -starttls smtp -tls1_2 -verify_return_error | unknown_ca (the app doesn't trust the certificate)
            openssl s_client -connect 127.0.0.1:IMPLICIT -tls1_3 -verify_return_error                | unknown_ca (the app doesn't trust the certificate)
            openssl s_client -connect 127.0.0.1:IMPLICIT -tls1_2 -verify_return_error                | unknown_ca (the app doesn't trust the certificate)
            openssl s_client -connect 127.0.0.1:IMPLICIT -tls1_1 -cipher DEFAULT@SECLEVEL=0          | protocol_version, sent by us: Client requested protocol TLSv1.1 is not enabled or supported in server context
            openssl s_client -connect 127.0.0.1:IMPLICIT -tls1_2 -cipher AES128-SHA                  | handshake_failure, sent by us: no cipher suites in common
            openssl s_client -connect 127.0.0.1:IMPLICIT -tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256 | handshake_failure, sent by us: no cipher suites in common
            curl -s --ssl-reqd smtp://127.0.0.1:STARTTLS --tlsv1.3 --tls-max 1.3                     | unknown_ca (the app doesn't trust the certificate)
            curl -s --ssl-reqd smtp://127.0.0.1:STARTTLS --tlsv1.2 --tls-max 1.2                     | unknown_ca (the app doesn't trust the certificate)
            curl -s smtps://127.0.0.1:IMPLICIT --tlsv1.3 --tls-max 1.3                               | unknown_ca (the app doesn't trust the certificate)
            python3 PYTHON STARTTLS TLSv1_3                                                          | unknown_ca (the app doesn't trust the certificate)
            python3 PYTHON STARTTLS TLSv1_2                                                          | unknown_ca (the app doesn't trust the certificate)
            node NODE STARTTLS TLSv1.3                                                               | closed by the app without an alert
            """)
    void saysWhatAProgramThinks(String command, String reason) throws Exception {
        var words = Arrays.stream(command.trim().split(" +")).map(this::replaced).toList();
        assumeInstalled(words.getFirst());
        var process = new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(reason()).startsWith(reason);
            assertThat(process.waitFor()).isNotZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void saysThatAnAppDoesntSpeakTls() throws IOException {
        try (var app = AppConnection.silent(port(1))) {
            app.send("EHLO app.example\r\n");
            assertThat(reason()).isEqualTo("no TLS: the app speaks in clear where a handshake should be");
        }
    }

    @Test
    void saysThatAnAppHungUp() throws IOException {
        try (var app = AppConnection.greeted(port(0))) {
            app.say("STARTTLS");
        }
        assertThat(reason()).startsWith("closed by the app without an alert");
    }

    private String reason() {
        return journal.await(MailEvent.TlsFailed.class, 1).getFirst().reason();
    }

    private String replaced(String word) {
        return word.replace("STARTTLS", "" + port(0))
                .replace("IMPLICIT", "" + port(1))
                .replace("PYTHON", PYTHON.toString())
                .replace("NODE", NODE.toString());
    }

    private int port(int listener) {
        return daemon.ports().get(listener);
    }

    private static void assumeInstalled(String program) {
        assumeTrue(
                List.of(System.getenv("PATH").split(File.pathSeparator)).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                program + " is not installed");
    }
}
