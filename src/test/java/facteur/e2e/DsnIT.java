package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an app says of reports (RFC 3461) goes on to an upstream that understands it, and is kept by us where it must.
final class DsnIT {
    private static final String LETTER = "From: jan@dupont.example\r\nSubject: report me\r\n\r\nthe body\r\n.\r\n";

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    /// The values are syntax elsewhere: in SQL, in headers, in lists.
    @Test
    void saysTheSameAfterARestart() throws Exception {
        try (var upstream = ScriptedUpstream.start().offer("DSN", "SIZE", "SMTPUTF8", "8BITMIME")) {
            var relay = folder(upstream);
            upstream.when("MAIL", Act.say("451 4.3.0 later"));
            try (var daemon = relay.start(time, journal);
                    var app = AppConnection.greeted(daemon.ports().getFirst())) {
                submit(app,
                        "MAIL FROM:<jan@dupont.example> SMTPUTF8 RET=FULL ENVID=a;b'c\"+3Dd+20e",
                        "RCPT TO:<a@example.com> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;a';--+2B\"@x.example",
                        "RCPT TO:<b@example.com> NOTIFY=NEVER ORCPT=utf-8;zoë\\x{4E2D}@x.example",
                        "RCPT TO:<c@example.com>");
                journal.await(MailEvent.Deferred.class, 3);
            }
            var before = upstream.commands().stream().filter(command -> command.startsWith("MAIL")).toList();
            upstream.when("MAIL", Act.say("250 2.1.0 ok"));
            time.advance(Duration.ofMinutes(2));
            try (var daemon = relay.start(time, journal)) {
                var letter = upstream.awaitLetters(1).getFirst();
                assertThat(daemon.ports()).hasSize(1);
                assertThat(before).isNotEmpty().allMatch(letter.mail()::equals);
                assertThat(letter.mail()).endsWith(" RET=FULL ENVID=a;b'c\"+3Dd+20e").doesNotContain("SMTPUTF8");
                assertThat(letter.recipients()).containsExactly(
                        "RCPT TO:<a@example.com> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;a';--+2B\"@x.example",
                        "RCPT TO:<b@example.com> NOTIFY=NEVER ORCPT=utf-8;zo\\x{EB}\\x{4E2D}@x.example",
                        "RCPT TO:<c@example.com>");
            }
        }
    }

    @Test
    void reportsWhatWasAskedForAndNothingElse() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var daemon = folder(upstream).start(time, journal);
                var app = AppConnection.greeted(daemon.ports().getFirst())) {
            upstream.when("RCPT TO:<gone", Act.say("550 5.1.1 no such user here"));
            submit(app,
                    "MAIL FROM:<jan@dupont.example> RET=FULL ENVID=QQ+20314159",
                    "RCPT TO:<gone1@example.com> NOTIFY=FAILURE ORCPT=rfc822;old+2Bone@example.com",
                    "RCPT TO:<gone2@example.com> NOTIFY=NEVER",
                    "RCPT TO:<gone3@example.com> NOTIFY=SUCCESS",
                    "RCPT TO:<taken1@example.com> NOTIFY=SUCCESS",
                    "RCPT TO:<taken2@example.com>");

            var letters = upstream.awaitLetters(2);
            assertThat(letters.get(0).recipients()).containsExactly("RCPT TO:<taken1@example.com>", "RCPT TO:<taken2@example.com>");
            var report = letters.get(1);
            assertThat(report.mail()).startsWith("MAIL FROM:<>");
            assertThat(report.recipients()).containsExactly("RCPT TO:<jan@dupont.example>");
            assertThat(report.data())
                    .contains("Original-Envelope-Id: QQ 314159\r\n")
                    .contains("Original-Recipient: rfc822; old+one@example.com\r\nFinal-Recipient: rfc822; gone1@example.com\r\nAction: failed\r\n")
                    .contains("Final-Recipient: rfc822; taken1@example.com\r\nAction: relayed\r\nStatus: 2.0.0\r\n")
                    .contains("Content-Type: message/rfc822\r\n", "Subject: report me\r\n", "\r\n\r\nthe body\r\n")
                    .doesNotContain("gone2", "gone3", "taken2");
            assertThat(journal.await(MailEvent.Dropped.class, 1).getFirst().recipients())
                    .containsExactly("gone2@example.com", "gone3@example.com");
        }
    }

    @Test
    void confirmsToNobodyWhatCameFromNobody() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var daemon = folder(upstream).start(time, journal);
                var app = AppConnection.greeted(daemon.ports().getFirst())) {
            submit(app, "MAIL FROM:<>", "RCPT TO:<taken@example.com> NOTIFY=SUCCESS,FAILURE");
            upstream.awaitLetters(1);
            submit(app, "MAIL FROM:<jan@dupont.example>", "RCPT TO:<taken@example.com> NOTIFY=SUCCESS");
            assertThat(upstream.awaitLetters(3)).extracting(letter -> letter.recipients().getFirst())
                    .containsExactly("RCPT TO:<taken@example.com>", "RCPT TO:<taken@example.com>", "RCPT TO:<jan@dupont.example>");
            assertThat(journal.await(MailEvent.Confirmed.class, 1)).hasSize(1);
        }
    }

    private static void submit(AppConnection app, String... envelope) throws IOException {
        for (var command : envelope) {
            assertThat(app.say(command).toString()).as(command).startsWith("250");
        }
        assertThat(app.say("DATA").code()).isEqualTo(354);
        app.send(LETTER.getBytes(StandardCharsets.US_ASCII));
        assertThat(app.reply().toString()).startsWith("250 2.0.0 Ok: queued as");
    }

    private RelayFolder folder(ScriptedUpstream upstream) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port());
    }
}
