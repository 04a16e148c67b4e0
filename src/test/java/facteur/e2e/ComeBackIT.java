package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AppConnection;
import facteur.fixture.PostgresExtension;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import facteur.journal.MailEvent;
import facteur.mail.smtp.Reply;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one PostgreSQL: what leaves one of them comes back to the other, and is told once.
final class ComeBackIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern RETURN_ADDRESS = Pattern.compile("MAIL FROM:<(b-[0-9a-z]{34}@return\\.example\\.org)>.*");
    private static final String LETTER = "From: jan@dupont.example\r\nX-Relation-Id: R-1042\r\nSubject: Facture 1042\r\n\r\nBonjour\r\n";
    private static final String ANSWER = "From: an@client.example\r\nSubject: Re: Facture 1042\r\nX-Relation-Id: forged\r\n\r\nMerci\r\n";
    private static final String BOUNCE = """
            From: MAILER-DAEMON@mx.client.example
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.client.example

            Final-Recipient: rfc822; bo@client.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 no such user
            --b--
            """.replace("\n", "\r\n");

    @TempDir
    private Path temp;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    private Daemon node(String name, RecordingJournal journal) {
        var listeners = "[{ address: \"127.0.0.1:0\" }, { address: \"127.0.0.1:0\", takes: returns }]";
        return new RelayFolder(temp.resolve(name))
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(Map.of("listeners", listeners), """
                        upstreams: [{ name: smarthost, kind: smtp, address: "127.0.0.1:%d", tls: none }]
                        spool: { url: "%s", user: postgres }
                        returns: { domain: return.example.org, known-bad: refuse }
                        """.formatted(upstream.port(), POSTGRES.url()))
                .start(journal);
    }

    private static int appPort(Daemon node) {
        return node.ports().getFirst();
    }

    private static int returnPort(Daemon node) {
        return node.ports().getLast();
    }

    private static Reply submit(int port, String reversePath, String letter, String... recipients) throws IOException {
        try (var connection = AppConnection.greeted(port)) {
            return connection.submit(reversePath, List.of(recipients), letter.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private TakenLetter letterTo(String recipient, int after) {
        await().atMost(SOON).until(() -> upstream.letters().stream().skip(after).anyMatch(letter -> isTo(letter, recipient)));
        return upstream.letters().stream().skip(after).filter(letter -> isTo(letter, recipient)).findFirst().orElseThrow();
    }

    private static boolean isTo(TakenLetter letter, String recipient) {
        return letter.recipients().getFirst().contains("<" + recipient + ">");
    }

    @Test
    void whatLeavesOneNodeComesBackToTheOther() throws Exception {
        var journal = new RecordingJournal();
        var other = new RecordingJournal();
        try (upstream; var first = node("first", journal); var second = node("second", other)) {
            assertThat(submit(appPort(first), "<app@dupont.example>", LETTER, "an@client.example", "bo@client.example").code()).isEqualTo(250);
            var match = RETURN_ADDRESS.matcher(upstream.awaitLetters(1).getFirst().mail());
            assertThat(match.matches()).isTrue();
            var address = match.group(1);

            assertThat(submit(returnPort(second), "<>", BOUNCE, address).code()).isEqualTo(250);
            assertThat(other.events(MailEvent.Returned.class)).singleElement().satisfies(returned -> {
                assertThat(returned.recipient()).isEqualTo("bo@client.example");
                assertThat(returned.office()).isEqualTo("dupont");
            });
            assertThat(letterTo("office@dupont.example", 1).data()).contains("bo@client.example", "550 5.1.1 no such user", "Facture 1042");
            assertThat(letterTo("app@dupont.example", 1).data()).contains("Final-Recipient: rfc822; bo@client.example", "Status: 5.1.1");

            assertThat(submit(returnPort(first), "<>", "Received: by another\r\n" + BOUNCE, address.toUpperCase(Locale.ROOT)).code())
                    .isEqualTo(250);
            assertThat(journal.events(MailEvent.ReturnNoted.class)).extracting(MailEvent.ReturnNoted::kind).containsExactly("copy");
            assertThat(submit(returnPort(first), "<>", BOUNCE, "b-" + address.substring(3)).toString()).startsWith("550 5.1.1 ");

            // The node that took the bounce knows at once, the other soon.
            assertThat(submit(appPort(second), "<app@dupont.example>", LETTER, "bo@client.example")).hasToString(
                    "550 5.1.1 bo@client.example is known not to work since " + other.events(MailEvent.KnownBad.class).getFirst().since()
                            + ", last: 550 5.1.1 no such user (mx.client.example)");
            await().atMost(SOON).until(() -> submit(appPort(first), "<app@dupont.example>", LETTER, "bo@client.example").code() == 550);

            var before = upstream.letters().size();
            assertThat(submit(returnPort(second), "<an@client.example>", ANSWER, address).code()).isEqualTo(250);
            assertThat(letterTo("office@dupont.example", before).data()).contains("Subject: Re: Facture 1042", "X-Relation-Id: R-1042", "Merci")
                    .doesNotContain("forged");
            assertThat(upstream.letters()).filteredOn(letter -> isTo(letter, "app@dupont.example")).hasSize(1);
        }
    }
}
