package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A report gets through where its letter didn't; and when it can't, an operator hears of it.
final class ReportIT {
    private static final byte[] LETTER = "From: jan@dupont.example\r\nSubject: h\u00e9\r\n\r\nh\u00e9\r\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ASCII = "From: jan@dupont.example\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);

    /// As Amazon SES says it.
    private static final Act REFUSED = Act.say("501 Invalid MAIL FROM address provided");

    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void anEightBitLetterIsReportedOnWhereItCannotGo() throws Exception {
        upstream.offer("PIPELINING", "SIZE");
        try (var relay = relay(", eight-bit: bounce", "")) {
            submit(relay, "<jan@dupont.example> BODY=8BITMIME SMTPUTF8 RET=FULL", LETTER, "client@example.com");

            var report = upstream.awaitLetters(1).getFirst();
            assertThat(report.mail()).startsWith("MAIL FROM:<>").doesNotContain("BODY", "SMTPUTF8");
            assertThat(report.recipients()).containsExactly("RCPT TO:<jan@dupont.example>");
            assertThat(report.data())
                    .matches("[\\x01-\\x7F]*")
                    .contains("Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: quoted-printable\r\n", "Subject: h=C3=A9\r\n");
        }
    }

    @Test
    void whatNeedsNothingGoesThoughItsAppDeclaredMore() throws Exception {
        upstream.offer("PIPELINING", "SIZE");
        try (var relay = relay(", eight-bit: bounce", "")) {
            submit(relay, "<jan@dupont.example> BODY=8BITMIME SMTPUTF8", ASCII, "client@bücher.example");

            var letter = upstream.awaitLetters(1).getFirst();
            assertThat(letter.mail()).startsWith("MAIL FROM:<inbox@shared.example> SIZE=").doesNotContain("BODY", "SMTPUTF8");
            assertThat(letter.recipients()).containsExactly("RCPT TO:<client@xn--bcher-kva.example>");
        }
    }

    @Test
    void reportsLeaveWithTheSharedAddressWhereTheNullOneIsRefused() throws Exception {
        upstream.when("MAIL FROM:<>", REFUSED).when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user"));
        try (var relay = relay("", "delivery: { report-reverse-path: shared }")) {
            submit(relay, "<jan@dupont.example>", ASCII, "gone@example.com");

            var report = upstream.awaitLetters(1).getFirst();
            assertThat(report.mail()).startsWith("MAIL FROM:<inbox@shared.example>");
            assertThat(report.recipients()).containsExactly("RCPT TO:<jan@dupont.example>");
            assertThat(journal.events(MailEvent.ReportFailed.class)).isEmpty();
        }
    }

    /// Under any name: else two relays with such a setting would write to each other for ever.
    @Test
    void aReportWithAReversePathOfItsOwnIsNotReportedOn() throws Exception {
        upstream.when("RCPT", Act.say("550 5.1.1 no such user"));
        try (var relay = relay("", "delivery: { report-reverse-path: shared }")) {
            var id = submit(relay, "<gone@dupont.example>", ASCII, "gone@example.com");

            var lost = journal.await(MailEvent.ReportFailed.class, 1).getFirst();
            assertThat(lost.id()).isEqualTo(id);
            assertThat(lost.recipients()).containsExactly("gone@dupont.example");
            assertThat(lost.reason()).isEqualTo("550 5.1.1 no such user");
            assertThat(journal.events(MailEvent.Bounced.class)).hasSize(1);
        }
    }

    @Test
    void aReportThatIsRefusedIsToldOf() throws Exception {
        upstream.when("MAIL FROM:<>", REFUSED).when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user"));
        try (var relay = relay("", "")) {
            var id = submit(relay, "<jan@dupont.example>", ASCII, "gone@example.com");

            var lost = journal.await(MailEvent.ReportFailed.class, 1).getFirst();
            assertThat(lost.id()).isEqualTo(id);
            assertThat(lost.reportId()).isEqualTo(journal.events(MailEvent.Bounced.class).getFirst().bounceId());
            assertThat(lost.reason()).isEqualTo("501 Invalid MAIL FROM address provided");
        }
    }

    /// There is no other form of its address: nothing but SMTPUTF8 gets a report to it.
    @Test
    void aReportToAWideAddressIsToldOfWhereItCannotGo() throws Exception {
        upstream.offer("8BITMIME").when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user"));
        try (var relay = relay("", "")) {
            submit(relay, "<jürgen@dupont.example> SMTPUTF8", ASCII, "gone@example.com");

            var lost = journal.await(MailEvent.ReportFailed.class, 1).getFirst();
            assertThat(lost.recipients()).containsExactly("jürgen@dupont.example");
            assertThat(lost.reason()).startsWith("550 5.6.7");
        }
    }

    @Test
    void reportsMayGoAnotherWay() throws Exception {
        upstream.when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user"));
        try (var other = ScriptedUpstream.start();
                var relay = new RelayFolder(folder)
                        .office("dupont", RelayFolder.DUPONT)
                        .configured("""
                                upstreams:
                                  - { name: ses, kind: smtp, address: "127.0.0.1:%d", tls: none }
                                  - { name: other, kind: smtp, address: "127.0.0.1:%d", tls: none }
                                routes:
                                  - { kind: report, upstreams: other }
                                  - { upstreams: ses }
                                """.formatted(upstream.port(), other.port()))
                        .start(journal)) {
            submit(relay, "<jan@dupont.example>", ASCII, "client@example.com", "gone@example.com");

            assertThat(other.awaitLetters(1).getFirst().recipients()).containsExactly("RCPT TO:<jan@dupont.example>");
            assertThat(upstream.awaitLetters(1)).singleElement()
                    .satisfies(letter -> assertThat(letter.recipients()).containsExactly("RCPT TO:<client@example.com>"));
        }
    }

    private Daemon relay(String ofTheSmarthost, String lines) {
        return new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("upstreams: [{ name: smarthost, kind: smtp, address: \"127.0.0.1:%d\", tls: none%s }]\n".formatted(upstream.port(),
                        ofTheSmarthost)
                        + lines)
                .start(journal);
    }

    /// @return the letter's queue id
    private static String submit(Daemon relay, String reversePath, byte[] letter, String... recipients) throws IOException {
        try (var app = AppConnection.greeted(relay.ports().getFirst())) {
            var reply = app.submit(reversePath, List.of(recipients), letter);
            assertThat(reply.toString()).startsWith("250 2.0.0 Ok: queued as ");
            return reply.text().replace("Ok: queued as ", "");
        }
    }
}
