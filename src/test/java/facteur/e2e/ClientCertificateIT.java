package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Apps that show who they are by a certificate: one by its name, one by its fingerprint.
final class ClientCertificateIT {
    @TempDir
    private Path folder;

    private final RecordingJournal journal = new RecordingJournal();

    private Daemon start(String networks) throws Exception {
        return new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        Map.of(
                                "listeners",
                                "[{ address: \"127.0.0.1:0\", tls: starttls }]",
                                "apps",
                                """
                                [{ name: by-network, networks: [%s], offices: [dupont] },
                                 { name: by-name, certificate: app.example, offices: [dupont] },
                                 { name: by-fingerprint, certificate: "%s", offices: [dupont] }]"""
                                        .formatted(networks, TestTls.fingerprint("other-client.p12"))),
                        TestTls.section("relay.pem", "relay-pkcs8.key")
                                .replace("{", "{ client-ca: \"" + TestTls.file("ca.pem") + "\","))
                .start(journal);
    }

    @Test
    void admitsWhoShowsTheRightOne() throws Exception {
        try (var daemon = start("192.0.2.0/24")) {
            assertThat(submitted(daemon, TestTls.showing("client.p12"))).startsWith("250");
            assertThat(submitted(daemon, TestTls.showing("other-client.p12"))).startsWith("250");
            assertThat(submitted(daemon, TestTls.trusting())).startsWith("530 5.7.0");
            assertThat(journal.await(MailEvent.Accepted.class, 2)).extracting(MailEvent.Accepted::app)
                    .containsExactly("by-name", "by-fingerprint");
        }
    }

    @Test
    void goesBeforeTheNetwork() throws Exception {
        try (var daemon = start("127.0.0.0/8")) {
            assertThat(submitted(daemon, TestTls.showing("client.p12"))).startsWith("250");
            assertThat(submitted(daemon, TestTls.trusting())).startsWith("250");
            assertThat(journal.await(MailEvent.Accepted.class, 2)).extracting(MailEvent.Accepted::app)
                    .containsExactly("by-name", "by-network");
        }
    }

    @Test
    void breaksOffForOneThatNobodyVouchesFor() throws Exception {
        try (var daemon = start("127.0.0.0/8")) {
            assertThatThrownBy(() -> submitted(daemon, TestTls.showing("stranger-client.p12"))).isInstanceOf(IOException.class);
            assertThat(journal.await(MailEvent.TlsFailed.class, 1)).singleElement()
                    .extracting(MailEvent.TlsFailed::reason).asString().contains("certification path");
            assertThat(journal.events(MailEvent.Accepted.class)).isEmpty();
        }
    }

    private String submitted(Daemon daemon, SSLContext identity) throws IOException {
        try (var app = AppConnection.secured(daemon.ports().getFirst(), identity)) {
            return app.submit(
                    "<jan@dupont.example>",
                    List.of("client@example.com"),
                    "Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII))
                    .toString();
        }
    }
}
