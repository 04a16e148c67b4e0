package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.FreePort;
import facteur.fixture.Haraka;
import facteur.fixture.Postfix;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.SignedCorpus;
import facteur.fixture.TakenLetter;
import facteur.fixture.UnpackedServer;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.returned.Action;
import facteur.mail.returned.DeliveryReport;
import facteur.mail.returned.ReportedRecipient;
import facteur.mail.returned.ReturnedMail;
import facteur.mail.returned.ReturnedMailReader;
import facteur.mail.returned.Trouble;
import facteur.mail.smtp.ReversePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real mail servers report on a letter that the next host refuses for some recipients: what they write is read.
final class RealReportsIT {
    private static final String RETURN = "b-token@return.example.org";
    private static final Path HOP = Path.of("src/test/resources/client/postfix-hop").toAbsolutePath();

    private final ScriptedUpstream next = ScriptedUpstream.start();

    @TempDir
    private Path folder;

    @BeforeEach
    void refuse() {
        next.when("RCPT TO:<gone", new Act.Say("550 5.1.1 no such mailbox"));
        next.when("RCPT TO:<full", new Act.Say("552 5.2.2 mailbox full"));
    }

    @AfterEach
    void close() {
        next.close();
    }

    @Test
    void postfix() throws Exception {
        assumeTrue(Postfix.isHere(), "no Postfix, or not root");
        var port = FreePort.next();
        try (var _ = Postfix.start(
                folder,
                List.of(HOP.resolve("main.cf"), HOP.resolve("master.cf")),
                Map.of("PORT", Integer.toString(port), "SINK", Integer.toString(next.port())))) {
            SignedCorpus.awaitPort(port);
            submit(port, "", "gone@example.com> ORCPT=rfc822;old+2Bgone@example.com", "full@example.com>", "ok@example.com> NOTIFY=SUCCESS");
            assertThat(reports(2).stream().flatMap(report -> report.recipients().stream()))
                    .extracting(recipient -> recipient.names().getFirst(), ReportedRecipient::action, ReportedRecipient::status)
                    .containsExactlyInAnyOrder(
                            tuple("old+gone@example.com", Action.FAILED, "5.1.1"),
                            tuple("full@example.com", Action.FAILED, "5.2.2"),
                            tuple("ok@example.com", Action.RELAYED, "2.0.0"));

            submit(port, " SMTPUTF8", "gone-zoë@example.com>");
            assertThat(bounces(3).getLast().data()).contains("message/global-delivery-status");
            assertThat(reports(3).getLast().recipients())
                    .extracting(ReportedRecipient::recipient, ReportedRecipient::status)
                    .containsExactly(tuple("gone-zoë@example.com", "5.1.1"));
        }
    }

    @Test
    void exim() throws Exception {
        assumeTrue(UnpackedServer.isHere("usr/sbin/exim4"), "no Exim in target/mail-servers, or not root");
        var send = "printf 'Subject: Invoice\\n\\nGood day\\n' | exim4 -C \"$PWD/exim.conf\" -odf -oi -f " + RETURN
                + " gone@example.com full@example.com ok@example.com";
        try (var _ = UnpackedServer.start(
                folder, "exim.conf", Map.of("SINK", Integer.toString(next.port())), List.of("Debian-exim"), send)) {
            assertThat(reports(1).getFirst().recipients())
                    .extracting(ReportedRecipient::recipient, ReportedRecipient::action, ReportedRecipient::status)
                    .containsExactlyInAnyOrder(
                            tuple("gone@example.com", Action.FAILED, "5.1.1"),
                            tuple("full@example.com", Action.FAILED, "5.2.2"));
        }
    }

    @Test
    void openSmtpd() throws Exception {
        assumeTrue(UnpackedServer.isHere("usr/sbin/smtpd"), "no OpenSMTPD in target/mail-servers, or not root");
        var port = FreePort.next();
        var start = "mkdir -p /var/lib/opensmtpd/empty; chmod 711 /var/spool /var/lib/opensmtpd; exec smtpd -d -f \"$PWD/smtpd.conf\"";
        try (var _ = UnpackedServer.start(
                folder,
                "smtpd.conf",
                Map.of("PORT", Integer.toString(port), "SINK", Integer.toString(next.port())),
                List.of("opensmtpd", "opensmtpq"),
                start)) {
            SignedCorpus.awaitPort(port);
            submit(port, "", "gone@example.com>", "full@example.com>", "ok@example.com>");
            var report = reports(1).getFirst();
            assertThat(report.recipients())
                    .extracting(ReportedRecipient::recipient, ReportedRecipient::action, ReportedRecipient::status)
                    .containsExactlyInAnyOrder(
                            tuple("gone@example.com", Action.FAILED, "5.0.0"),
                            tuple("full@example.com", Action.FAILED, "5.0.0"));
            assertThat(report.text()).contains("gone@example.com: 550 5.1.1 no such mailbox");
            assertThat(report.recipients()).extracting(ReportedRecipient::recipient, ReportedRecipient::diagnostic, report::excerpt)
                    .containsExactlyInAnyOrder(
                            tuple("gone@example.com", "", "550 5.1.1 no such mailbox"),
                            tuple("full@example.com", "", "552 5.2.2 mailbox full"));
        }
    }

    /// When it could hand the letter on for some recipients, it says of the others neither Action nor Status. When it gives up, it
    /// says 5.2.1 where the next host said 4.2.1. It reports no delay.
    @Test
    void haraka() throws Exception {
        assumeTrue(Haraka.isHere(), "no Haraka in target/mail-servers");
        next.when("RCPT TO:<busy", new Act.Say("450 4.2.1 mailbox busy"));
        var port = FreePort.next();
        try (var _ = Haraka.start(folder, port, next.port())) {
            SignedCorpus.awaitPort(port);
            submit(port, "", "gone@example.com>");
            assertThat(reported(1)).containsExactly(tuple("gone@example.com", Action.FAILED, "5.1.1", true, Trouble.NO_MAILBOX));
            submit(port, "", "full@example.com>");
            assertThat(reported(2)).containsExactly(tuple("full@example.com", Action.FAILED, "5.2.2", false, Trouble.MAILBOX_FULL));
            submit(port, "", "gone@example.com>", "ok@example.com>", "full@example.com>");
            assertThat(reported(3))
                    .containsExactly(
                            tuple("gone@example.com", Action.FAILED, "", false, Trouble.OTHER),
                            tuple("full@example.com", Action.FAILED, "", false, Trouble.OTHER));
            submit(port, "", "busy@example.com>");
            assertThat(reported(4)).containsExactly(tuple("busy@example.com", Action.FAILED, "4.2.1", false, Trouble.OTHER));
            submit(port, "", "ok@example.com>", "busy@example.com>");
            assertThat(reported(5)).containsExactly(tuple("busy@example.com", Action.FAILED, "", false, Trouble.OTHER));
            submit(port, " SMTPUTF8", "gone-zoë@example.com>");
            assertThat(reported(6)).containsExactly(tuple("gone-zoë@example.com", Action.FAILED, "5.1.1", true, Trouble.NO_MAILBOX));
        }
    }

    /// The recipients of the last of so many reports.
    private List<Tuple> reported(int count) {
        return reports(count).getLast().recipients().stream()
                .map(recipient -> tuple(
                        recipient.recipient(), recipient.action(), recipient.status(), recipient.isBadAddress(), recipient.trouble()))
                .toList();
    }

    private static void submit(int port, String parameters, String... recipients) throws IOException {
        try (var app = AppConnection.greeted(port)) {
            assertThat(app.say("MAIL FROM:<" + RETURN + ">" + parameters).code()).isEqualTo(250);
            for (var recipient : recipients) {
                assertThat(app.say("RCPT TO:<" + recipient).code()).isEqualTo(250);
            }
            assertThat(app.say("DATA").code()).isEqualTo(354);
            app.send("From: jan@dupont.example\r\nSubject: Invoice\r\n\r\nGood day\r\n");
            assertThat(app.say(".").code()).isEqualTo(250);
        }
    }

    /// What went to the return address, as soon as there is so much.
    private List<TakenLetter> bounces(int count) {
        Awaitility.await().until(() -> bounces().size() >= count);
        return bounces();
    }

    private List<TakenLetter> bounces() {
        return next.letters().stream().filter(letter -> letter.mail().startsWith("MAIL FROM:<>")).toList();
    }

    private List<DeliveryReport> reports(int count) {
        return bounces(count).stream().map(RealReportsIT::read).toList();
    }

    private static DeliveryReport read(TakenLetter letter) {
        var header = letter.data().substring(0, letter.data().indexOf("\r\n\r\n") + 2);
        var message = new Message(Header.parse(octets(header)), new MemoryBody(octets(letter.body())));
        try {
            if (ReturnedMailReader.read(ReversePath.NULL, message) instanceof ReturnedMail.Report(var report)) {
                return report;
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        throw new AssertionError("no report: " + letter.data());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
