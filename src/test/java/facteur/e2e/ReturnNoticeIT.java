package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import facteur.platform.database.Database;
import facteur.spool.UntoldReturns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in the rows of a return is told by the relay as it runs, with the settings of the office, and through its own queue.
final class ReturnNoticeIT {
    private static final byte[] LETTER = """
            From: jan@dupont.example
            Subject: Invoice 118
            X-Context: invoice
            X-Relation-Id: R-1042

            hello
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
                .relayingTo(upstream.port(), "returns: { domain: return.example }\ndelivery: { reverse-path: returns }\n");
        try (var relay = place.start(journal); var app = AppConnection.greeted(relay.ports().getFirst())) {
            var reply = app.submit("<jan@dupont.example> ENVID=e118", List.of("gone@client.example"), LETTER);
            var id = new QueueId(reply.text().replace("Ok: queued as ", ""));
            assertThat(upstream.awaitLetters(1).getFirst().mail()).startsWith("MAIL FROM:<b-" + id.text());
            journal.await(MailEvent.Relayed.class, 1);

            comesBack(place.state(), id);

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

    /// As a listener for returns stores it.
    private static void comesBack(Path state, QueueId letter) throws Exception {
        var id = "01m8468qb1dasymv";
        var now = Instant.now();
        try (var database = Database.openBeside(state)) {
            var _ = database.inTransaction(statements -> {
                statements.update(
                        """
                        insert into letter (id, accepted_at, app, office, context, relation, sender, from_rule, reply_to_rule, settings_version,
                            reverse_path, original_reverse_path, body_type, header_encoding, size_bytes, ended_at, kind)
                        values (?, ?, '', 'dupont', '', '', '', '', '', '', '<>', '<>', '7BIT', 'ASCII', 0, ?, 'return')""",
                        id, now.toEpochMilli(), now.toEpochMilli());
                statements.update(
                        "insert into letter_return (id, letter_id, kind, sender, digest, at) values (?, ?, 'report', '<>', 'x', ?)",
                        id, letter.text(), now.toEpochMilli());
                statements.update(
                        "insert into return_status (return_id, number, letter_id, position, address, action, status, diagnostic, host)"
                                + " values (?, 0, ?, 0, 'gone@client.example', 'failed', '5.1.1', '550 5.1.1 unknown', 'mx.client.example')",
                        id, letter.text());
                for (var reader : UntoldReturns.Reader.values()) {
                    UntoldReturns.note(statements, letter, reader, now);
                }
                return 0;
            });
        }
    }
}
