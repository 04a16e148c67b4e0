package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Installed;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/// Programs and libraries that apps send with, against the packaged relay; those that aren't installed are passed over.
final class ClientsIT {
    private static final Path CLIENT = Path.of("src/test/resources/client").toAbsolutePath();
    private static final Path NOTHING = Path.of("/dev/null");
    private static final String BODY = "Good day!\r\n.\r\n.dots, and the end\r\n";
    private static final String LETTER = """
            From: Jan Janssens <jan@dupont.example>
            To: client@example.com
            Subject: Your invoice
            X-Context: invoice
            X-Relation-Id: R-1042

            """.replace("\n", "\r\n") + BODY;

    @TempDir
    private static Path folder;

    private static Path modules = NOTHING;
    private static RelayFolder relays;
    private static PackagedRelay relay;

    @BeforeAll
    static void start() throws IOException {
        relays = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        Map.of(
                                "listeners", "[{ address: \"127.0.0.1:0\", tls: starttls }]",
                                "apps", RelayFolder.LOGIN.replace("[{", "[{ name: local, networks: [127.0.0.0/8], offices: [dupont] }, {")),
                        TestTls.section("relay.pem", "relay-pkcs8.key"));
        relay = PackagedRelay.run(relays.config());
    }

    @AfterAll
    static void stop() {
        relay.close();
    }

    @AfterEach
    void forget() throws IOException {
        for (var letter : captured()) {
            Files.delete(letter);
        }
    }

    /// The program, the word in Received for how it came, and its command line without the program; the letter is its input.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            curl  | ESMTP   | -sSf smtp://HOST:PORT/app.example -T - --mail-from jan@dupont.example --mail-rcpt client@example.com
            curl  | ESMTPS  | -sSf smtp://HOST:PORT/app.example -T - --mail-from jan@dupont.example --mail-rcpt client@example.com --ssl-reqd --cacert CA
            curl  | ESMTPSA | -sSf smtp://HOST:PORT/app.example -T - --mail-from jan@dupont.example --mail-rcpt client@example.com --ssl-reqd --cacert CA -u suite:sesame
            swaks | ESMTP   | -s HOST:PORT -h app.example -f jan@dupont.example -t client@example.com -d - --pipeline
            swaks | ESMTPS  | -s HOST:PORT -h app.example -f jan@dupont.example -t client@example.com -d - -tls --pipeline
            swaks | ESMTPSA | -s HOST:PORT -h app.example -f jan@dupont.example -t client@example.com -d - -tls -a PLAIN -au suite -ap sesame
            swaks | ESMTPSA | -s HOST:PORT -h app.example -f jan@dupont.example -t client@example.com -d - -tls -a LOGIN -au suite -ap sesame --pipeline
            msmtp | ESMTP   | -C /dev/null --host=HOST --port=PORT --domain=app.example -f jan@dupont.example client@example.com
            msmtp | ESMTPSA | -C /dev/null --host=HOST --port=PORT --domain=app.example --tls --tls-trust-file=CA --auth=plain --user=suite --passwordeval=printf${IFS}sesame -f jan@dupont.example client@example.com
            """)
    void takesALetterFromAProgram(String program, String protocol, String arguments) throws Exception {
        Installed.assume(program);

        run(Stream.concat(Stream.of(program), Stream.of(arguments.split(" "))), Files.writeString(folder.resolve("letter"), LETTER));

        assertArrived(1, protocol);
    }

    /// It says HELO.
    @Test
    void takesALetterFromSnail() throws Exception {
        Installed.assume("s-nail");

        run(
                Stream.of("s-nail", "-:/", "-Sv15-compat", "-SDEAD=/dev/null", "-Ssmtp-auth=none", "-Smta=smtp://HOST:PORT", "-t"),
                Files.writeString(folder.resolve("template"), LETTER.replace("\r", "")));

        assertArrived(1, "SMTP");
    }

    @Test
    void takesLettersFromPython() throws Exception {
        Installed.assume("python3");

        run(Stream.of("python3", CLIENT.resolve("send.py").toString(), "HOST", "PORT", "CA", "suite", "sesame"), NOTHING);

        assertArrived(3, "ESMTPSA");
    }

    @Test
    void takesLettersFromAPoolOfNodemailer() throws Exception {
        modules = Installed.nodemailer();

        run(Stream.of("node", CLIENT.resolve("send.js").toString(), "HOST", "PORT", "CA", "suite", "sesame"), NOTHING);

        assertArrived(50, "ESMTPSA");
    }

    @Test
    void takesALetterFromSimpleJavaMail() throws Exception {
        var mailer = MailerBuilder.withSMTPServer("localhost", relay.port(), "suite", "sesame")
                .withTransportStrategy(TransportStrategy.SMTP_TLS)
                .withCustomSSLFactoryInstance(TestTls.trusting().getSocketFactory())
                .buildMailer();
        mailer.sendMail(EmailBuilder.startingBlank()
                .from("Jan Janssens", "jan@dupont.example")
                .to("client@example.com")
                .withSubject("Your invoice")
                .withHeader("X-Context", "invoice")
                .withHeader("X-Relation-Id", "R-1042")
                .withPlainText(BODY)
                .buildEmail()).join();

        assertArrived(1, "ESMTPSA");
    }

    @Test
    void takesALetterFromAngusMail() throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtp.ssl.socketFactory", TestTls.trusting().getSocketFactory());
        properties.put("mail.smtp.auth", "true");
        var session = Session.getInstance(properties);
        var message = new MimeMessage(session, new ByteArrayInputStream(LETTER.getBytes(StandardCharsets.US_ASCII)));
        try (var transport = session.getTransport("smtp")) {
            transport.connect("localhost", relay.port(), "suite", "sesame");
            transport.sendMessage(message, message.getAllRecipients());
        }

        assertArrived(1, "ESMTPSA");
    }

    private static void run(Stream<String> command, Path input) throws Exception {
        var words = command
                .map(word -> word.replace("HOST", "localhost")
                        .replace("PORT", Integer.toString(relay.port()))
                        .replaceFirst("(?<![A-Z])CA$", TestTls.file("ca.pem").toString()))
                .toList();
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectInput(input.toFile());
        builder.environment().put("NODE_PATH", modules.toString());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void assertArrived(int count, String protocol) throws IOException {
        var letters = Awaitility.await().until(ClientsIT::captured, found -> found.size() >= count);
        assertThat(letters).hasSize(count);
        for (var letter : letters) {
            assertThat(Files.readString(letter))
                    .contains("\r\n\tby relay.example.org with " + protocol + " id ")
                    .contains("\r\nFrom: Cabinet Dupont SRL <office@dupont.example>\r\n")
                    .contains("\r\nReply-To: An Peeters <an@dupont.example>\r\n")
                    .contains("\r\nSubject: Your invoice\r\n")
                    .doesNotContain("X-Context")
                    .doesNotContain("X-Relation-Id")
                    // swaks adds an empty line.
                    .containsPattern("\r\n\r\n" + Pattern.quote(BODY) + "(\r\n)?$");
        }
    }

    private static List<Path> captured() throws IOException {
        var captured = relays.state().resolve("captured");
        if (!Files.isDirectory(captured)) {
            return List.of();
        }
        try (var files = Files.list(captured)) {
            return files.filter(file -> file.toString().endsWith(".eml")).toList();
        }
    }
}
