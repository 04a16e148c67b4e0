package facteur.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import facteur.fixture.Act;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two relays side by side, one in front of GreenMail and one in front of an upstream that refuses; the app sends with
/// Angus Mail.
final class BehindIT {
    private static final GreenMail GREEN_MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Office OFFICE = Office.of("Cabinet Dupont <office@dupont.example>").context("task", "sender");

    @RegisterExtension
    static final FacteurExtension facteur =
            FacteurExtension.create().office("dupont", OFFICE).relayingTo(() -> GREEN_MAIL.getSmtp().getPort());

    private final ScriptedUpstream deaf = ScriptedUpstream.start();

    @RegisterExtension
    final FacteurExtension other = FacteurExtension.create()
            .app("accounting", "dupont")
            .office("dupont", OFFICE.replyTo("sender"))
            .relayingTo(deaf::port);

    @BeforeAll
    static void start() {
        GREEN_MAIL.start();
    }

    @AfterAll
    static void stop() {
        GREEN_MAIL.stop();
    }

    @Test
    void passesOnToGreenMail() throws Exception {
        var id = FacteurExtension.queueId(send(facteur));

        assertThat(facteur.decision(id).replyToRule()).isEqualTo("general.company");
        assertThat(facteur.awaitLetters(1).getFirst().queueId()).isEqualTo(id);
        assertThat(GREEN_MAIL.getReceivedMessages()[0].getReplyTo()).extracting(Object::toString)
                .containsExactly("Cabinet Dupont <office@dupont.example>");
        assertThat(other.decisions()).isEmpty();
    }

    @Test
    void tellsWhatBecameOfALetterThatTheUpstreamRefuses() throws Exception {
        deaf.when("RCPT TO:<client@", Act.say("550 5.1.1 no such user here"));
        var id = FacteurExtension.queueId(send(other));

        var bounced = other.awaitEvents(MailEvent.Bounced.class, 1).getFirst();
        assertThat(bounced.id()).isEqualTo(id);
        var report = other.awaitLetters(1).getFirst();
        assertThat(report.queueId()).isEqualTo(bounced.bounceId());
        assertThat(report.recipients()).containsExactly("jan@dupont.example");
        assertThat(report.replyTo()).isEmpty();
        assertThat(other.decision(id).app()).isEqualTo("accounting");
        assertThat(other.decision(id).replyToRule()).isEqualTo("general.sender");
        assertThat(facteur.decisions()).isEmpty();
        assertThat(facteur.port()).isNotEqualTo(other.port());
    }

    private static String send(FacteurExtension relay) throws MessagingException {
        var session = Session.getInstance(new Properties());
        var message = new MimeMessage(session);
        message.setFrom("Jan Janssens <jan@dupont.example>");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("client@example.com"));
        message.setSubject("Your invoice");
        message.setText("Good day!");
        message.saveChanges();
        try (var transport = (SMTPTransport) session.getTransport("smtp")) {
            transport.connect(relay.host(), relay.port(), null, null);
            transport.sendMessage(message, message.getAllRecipients());
            return transport.getLastServerResponse();
        }
    }
}
