package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A report that a host brings is told by the relay as it runs, with the settings of the office, and through its own queue.
final class ReturnNoticeIT {
    private static final byte[] LETTER = """
            From: jan@dupont.example
            Subject: Invoice 118
            X-Context: invoice
            X-Relation-Id: R-1042

            hello
            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

    private static final byte[] REPORT = """
            From: MAILER-DAEMON@mx.client.example
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.client.example

            Final-Recipient: rfc822; gone@client.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 unknown

            --b--
            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void theRelayTellsThoseWhoAnswerForTheLetterAndTheApp() throws Exception {
        upstream.offer("PIPELINING", "SIZE");
        var place = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT + "returns: { language: fr }\n")
                .configuredWith(
                        "listeners",
                        "[{ address: \"127.0.0.1:0\" }, { takes: returns, address: \"127.0.0.1:0\" }]",
                        "upstreams: [{ name: smarthost, kind: smtp, address: \"127.0.0.1:%d\", tls: none }]\n".formatted(upstream.port())
                                + "returns: { domain: return.example }\n");
        try (var relay = place.start(journal);
                var app = AppConnection.greeted(relay.ports().get(0));
                var host = AppConnection.greeted(relay.ports().get(1))) {
            var reply = app.submit("<jan@dupont.example> ENVID=e118", List.of("gone@client.example"), LETTER);
            var id = new QueueId(reply.text().replace("Ok: queued as ", ""));
            var mail = upstream.awaitLetters(1).getFirst().mail();
            assertThat(mail).startsWith("MAIL FROM:<b-" + id.text());
            journal.await(MailEvent.Relayed.class, 1);

            var returned = host.submit("<>", List.of(mail.substring(mail.indexOf('<') + 1, mail.indexOf('>'))), REPORT);
            assertThat(returned.isPositive()).as(returned.toString()).isTrue();

            var letters = upstream.awaitLetters(3).subList(1, 3);
            assertThat(letters).allMatch(letter -> letter.mail().startsWith("MAIL FROM:<>"));
            assertThat(letters).anySatisfy(letter -> {
                assertThat(letter.recipients()).containsExactly("RCPT TO:<an@dupont.example>");
                assertThat(letter.data()).contains("From: Relais de messagerie <mailer-daemon@", "Subject: Non remis : Invoice 118\r\n",
                        "Client : R-1042\r\n", "Cette adresse n=E2=80=99existe pas.\r\n", "> 550 5.1.1 unknown\r\n");
            });
            assertThat(letters).anySatisfy(letter -> {
                assertThat(letter.recipients()).containsExactly("RCPT TO:<jan@dupont.example>");
                assertThat(letter.data()).contains("Original-Envelope-Id: e118\r\n", "Action: failed\r\n", "Subject: Invoice 118\r\n");
            });
            assertThat(journal.await(MailEvent.ReturnTold.class, 1).getFirst().recipient()).isEqualTo("an@dupont.example");
        }
    }
}
