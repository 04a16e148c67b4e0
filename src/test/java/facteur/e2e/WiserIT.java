package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import facteur.journal.MailEvent;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.wiser.Wiser;
import org.subethamail.wiser.WiserMessage;

/// SubEtha's Wiser as an upstream that takes mail over STARTTLS only, offers chunks and 8BITMIME, and no pipelining.
final class WiserIT {
    private static final byte[] LETTER = "From: jan@dupont.example\r\nSubject: Facture\r\n\r\n.caf\u00e9\r\n.\r\nend\r\n"
            .getBytes(StandardCharsets.ISO_8859_1);

    private final RecordingJournal journal = new RecordingJournal();
    private final Wiser wiser = Wiser.create(new SMTPServer.Builder()
            .bindAddress(InetAddress.ofLiteral("127.0.0.1"))
            .port(0)
            .requireTLS()
            .startTlsSocketFactory(TestTls.serving("localhost.p12")));

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        wiser.start();
    }

    @AfterEach
    void stop() {
        wiser.stop();
    }

    @Test
    void takesLettersOverTls() throws Exception {
        var relays = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("""
                upstreams:
                  - { name: wiser, kind: smtp, address: "localhost:%d", tls: starttls-required, trust: "%s" }
                """.formatted(wiser.getServer().getPortAllocated(), TestTls.file("localhost.pem")));
        try (var relay = relays.start(journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            var recipients = List.of("an@client.example", "bo@client.example");
            assertThat(app.submit("<jan@dupont.example> BODY=8BITMIME", recipients, LETTER).code()).isEqualTo(250);

            assertThat(journal.await(MailEvent.Relayed.class, 2))
                    .allSatisfy(event -> assertThat(event.tls()).startsWith("TLSv1.3 with cipher "));
        }
        assertThat(wiser.getMessages()).extracting(WiserMessage::getEnvelopeReceiver)
                .containsExactly("an@client.example", "bo@client.example");
        assertThat(wiser.getMessages()).allSatisfy(letter -> assertThat(new String(letter.getData(), StandardCharsets.ISO_8859_1))
                .contains("From: Cabinet Dupont SRL <office@dupont.example>\r\n")
                .endsWith("\r\n\r\n.caf\u00e9\r\n.\r\nend\r\n"));
    }
}
