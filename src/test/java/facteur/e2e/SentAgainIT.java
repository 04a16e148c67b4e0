package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.CutLink;
import facteur.fixture.Installed;
import facteur.journal.MailEvent;
import facteur.junit.FacteurExtension;
import facteur.junit.Office;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/// Libraries that wait in vain for the answer to the final dot, and send again: the client gets one letter.
@Timeout(60)
final class SentAgainIT {
    private static final Path CLIENT = Path.of("src/test/resources/client").toAbsolutePath();
    private static final String QUEUED = "250 2.0.0 Ok: queued as ";

    @RegisterExtension
    static final FacteurExtension RELAY = FacteurExtension.create()
            .office("dupont", Office.of("Cabinet Dupont <office@dupont.example>"));

    private CutLink link;

    @BeforeEach
    void connect() throws IOException {
        link = CutLink.to(RELAY.port());
        link.holdBack(QUEUED);
    }

    @AfterEach
    void disconnect() throws IOException {
        link.close();
    }

    @Test
    void withNodemailer() throws Exception {
        var modules = Installed.nodemailer();
        assertOneLetter("x-letter-key", run(modules, "node", "again.js"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "id"})
    void withPython(String name) throws Exception {
        Installed.assume("python3");
        run(Path.of("."), "python3", "again.py", name);
        assertOneLetter(name.equals("key") ? "x-letter-key" : "message-id", "");
    }

    /// Debian's package.
    @Test
    void withPhpMailer() throws Exception {
        Installed.assume("php");
        Installed.assumeFile("/usr/share/php/libphp-phpmailer/autoload.php");
        assertOneLetter("x-letter-key", run(Path.of("."), "php", "again.php"));
    }

    @Test
    void withSimpleJavaMail() throws Exception {
        var email = EmailBuilder.startingBlank()
                .from("jan@dupont.example")
                .to("client@example.com")
                .withSubject("Your invoice")
                .withPlainText("Good day!")
                .withAttachment("invoice.pdf", new byte[5000], "application/pdf")
                .withHeader("X-Letter-Key", "invoice-2026-1187");
        var millis = 500;
        while (!isAnswered(mailer(millis), email)) {
            millis *= 2;
        }
        assertOneLetter("x-letter-key", "");
    }

    /// The letter is made again for each try.
    private static boolean isAnswered(Mailer mailer, EmailPopulatingBuilder email) {
        try {
            mailer.sendMail(email.buildEmail()).join();
            return true;
        } catch (MailException failure) {
            assertThat(failure).hasRootCauseInstanceOf(SocketTimeoutException.class);
            return false;
        }
    }

    private Mailer mailer(int millis) {
        return MailerBuilder.withSMTPServer("127.0.0.1", link.port())
                .withTransportStrategy(TransportStrategy.SMTP)
                .withSessionTimeout(millis)
                .buildMailer();
    }

    private String run(Path modules, String program, String script, String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(program, CLIENT.resolve(script).toString(), Integer.toString(link.port())));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("NODE_PATH", modules.toString());
        var process = builder.start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    /// @param said by the script, which may have the answer
    private static void assertOneLetter(String by, String said) {
        var duplicate = RELAY.awaitEvents(MailEvent.Duplicate.class, 1).getFirst();
        assertThat(duplicate.by()).isEqualTo(by);
        assertThat(RELAY.awaitLetters(1)).singleElement().satisfies(letter -> {
            assertThat(letter.queueId()).isEqualTo(duplicate.id());
            assertThat(letter.field("X-Letter-Key")).isEmpty();
        });
        assertThat(RELAY.events()).filteredOn(MailEvent.Accepted.class::isInstance).hasSize(1);
        assertThat(said).matches(text -> !text.contains(QUEUED) || text.contains(QUEUED + duplicate.id()));
    }
}
