package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Apps that are known by their login (RFC 4954), from outside.
final class LoginIT {
    private static final String NO_DELAY = "limits: { login-delay: 0s }\n";
    private static final byte[] LETTER = "From: Jan <jan@dupont.example>\r\n\r\nGood day!\r\n".getBytes(StandardCharsets.UTF_8);

    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void takesALetterFromJakartaMail(String mechanism) throws Exception {
        var relay = relay(RelayFolder.LOGIN, NO_DELAY);
        try (var daemon = relay.start(journal)) {
            send(daemon.ports().getFirst(), mechanism, "sesame");
            assertThat(journal.await(MailEvent.Accepted.class, 1).getFirst().app()).isEqualTo("suite");
            assertThat(captured(relay)).contains(" with ESMTPA id ");

            assertThatThrownBy(() -> send(daemon.ports().getFirst(), mechanism, "s\u00e9same"))
                    .isInstanceOf(AuthenticationFailedException.class)
                    .hasMessageContaining("535 5.7.8");
            assertThat(journal.await(MailEvent.LoginFailed.class, 1))
                    .containsExactly(new MailEvent.LoginFailed("127.0.0.1", "suite", 1));
        }
    }

    @Test
    void theAppThatLoggedInCountsMoreThanThatOfTheNetwork() throws Exception {
        var local = "{ name: local, networks: [127.0.0.0/8], offices: [dupont] }, ";
        var relay = relay(RelayFolder.LOGIN.replace("[{ name: suite", "[" + local + "{ name: suite"), NO_DELAY);
        try (var daemon = relay.start(journal);
                var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(submit(app, "")).isEqualTo("local");
            assertThat(app.say("AUTH PLAIN " + plain("suite", "guess")).code()).isEqualTo(535);
            assertThat(submit(app, "")).isEqualTo("local");
            assertThat(app.say("AUTH PLAIN " + plain("suite", "sesame")).code()).isEqualTo(235);
            assertThat(submit(app, "")).isEqualTo("suite");
            assertThat(app.say("EHLO app.example").code()).isEqualTo(250);
            assertThat(submit(app, " SMTPUTF8")).isEqualTo("suite");
            Awaitility.await().until(() -> captured(relay).contains(" with UTF8SMTPA id "));
        }
    }

    @Test
    void endsTwentyFiveWrongPasswordsAfterTen() throws Exception {
        try (var daemon = relay(RelayFolder.LOGIN, NO_DELAY).start(journal)) {
            var replies = new ArrayList<String>();
            var app = AppConnection.greeted(daemon.ports().getFirst());
            for (var i = 0; i < 25; i++) {
                // People type passwords where the login belongs.
                var reply = app.say("AUTH PLAIN " + (i % 2 == 0 ? plain("suite", "guess" + i) : plain("my-secret", "x")));
                replies.add(reply.toString());
                if (reply.code() == 421) {
                    assertThat(app.isClosedByRelay()).isTrue();
                    app.close();
                    app = AppConnection.greeted(daemon.ports().getFirst());
                }
            }
            assertThat(app.say("AUTH PLAIN " + plain("suite", "sesame")).toString()).startsWith("421 4.7.0 ");
            app.close();
            assertThat(replies).filteredOn(reply -> reply.equals("535 5.7.8 Authentication credentials invalid")).hasSize(10);
            assertThat(replies).filteredOn(reply -> reply.equals("421 4.7.0 Too many failed logins, closing")).hasSize(15);
            assertThat(replies.subList(13, 25)).allMatch(reply -> reply.startsWith("421"));
            var events = journal.events(MailEvent.LoginFailed.class);
            assertThat(events).extracting(MailEvent.LoginFailed::failures).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(events).extracting(MailEvent.LoginFailed::login).containsOnly("suite", "unknown");
        }
    }

    @Test
    void aStopWaitsForNoLogin() throws Exception {
        var daemon = relay(RelayFolder.LOGIN, "limits: { login-delay: 1m }\n").start(journal);
        try (var asked = AppConnection.greeted(daemon.ports().getFirst());
                var delayed = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(asked.say("AUTH LOGIN").code()).isEqualTo(334);
            delayed.send("AUTH PLAIN " + plain("suite", "guess") + "\r\n");
            journal.await(MailEvent.LoginFailed.class, 1);

            var stop = Thread.ofVirtual().start(daemon::close);
            assertThat(asked.reply().toString()).startsWith("421 4.3.2");
            assertThat(asked.isClosedByRelay()).isTrue();
            assertThat(delayed.reply().toString()).startsWith("421 4.3.2");
            assertThat(delayed.isClosedByRelay()).isTrue();
            assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void thePackagedRelayWritesNoPasswordAnywhere() throws Exception {
        var relay = relay(RelayFolder.LOGIN, NO_DELAY);
        var secrets = new ArrayList<>(List.of(
                "sesame", "guess-plain", "guess-login", "my-secret", base64("sesame"), base64("guess-login"), base64("my-secret"),
                plain("suite", "sesame"), plain("suite", "guess-plain"), plain("my-secret", "x"), "pbkdf2"));
        try (var running = PackagedRelay.run(relay.config())) {
            try (var app = AppConnection.greeted(running.port())) {
                assertThat(app.say("AUTH PLAIN " + plain("suite", "guess-plain")).code()).isEqualTo(535);
                assertThat(login(app, "suite", "guess-login")).isEqualTo(535);
                assertThat(app.say("AUTH PLAIN " + plain("my-secret", "x")).code()).isEqualTo(535);
            }
            try (var app = AppConnection.greeted(running.port())) {
                // Hangs up in the middle.
                app.say("AUTH LOGIN");
                app.send(base64("my-secret"));
            }
            try (var app = AppConnection.greeted(running.port())) {
                assertThat(login(app, "suite", "sesame")).isEqualTo(235);
            }
            try (var app = AppConnection.greeted(running.port())) {
                assertThat(app.say("AUTH PLAIN " + plain("suite", "sesame")).code()).isEqualTo(235);
                assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER).code()).isEqualTo(250);
            }
            Awaitility.await().until(() -> running.said().contains("event=relayed"));
            running.stop();
            assertThat(running.said())
                    .contains("event=login-failed peer=127.0.0.1 login=suite failures=1")
                    .contains("event=login-failed peer=127.0.0.1 login=unknown failures=3")
                    .doesNotContain("Exception");
            assertThat(secrets).noneMatch(running.said()::contains);
        }
    }

    private RelayFolder relay(String apps, String lines) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configuredWith("apps", apps, lines);
    }

    /// The app that the relay took the letter from.
    private String submit(AppConnection app, String parameters) throws IOException {
        var count = journal.events(MailEvent.Accepted.class).size();
        var reply = app.submit("<jan@dupont.example>" + parameters, List.of("client@example.com"), LETTER);
        assertThat(reply.code()).isEqualTo(250);
        return journal.await(MailEvent.Accepted.class, count + 1).getLast().app();
    }

    private static int login(AppConnection app, String login, String password) throws IOException {
        assertThat(app.say("AUTH LOGIN").code()).isEqualTo(334);
        assertThat(app.say(base64(login)).code()).isEqualTo(334);
        return app.say(base64(password)).code();
    }

    private static void send(int port, String mechanism, String password) throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.auth.mechanisms", mechanism);
        properties.put("mail.smtp.localhost", "app.example");
        var session = Session.getInstance(properties);
        var message = new MimeMessage(session);
        message.setFrom("jan@dupont.example");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("client@example.com"));
        message.setSubject("Your invoice");
        message.setText("Good day!");
        message.saveChanges();
        try (var transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", port, "suite", password);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    /// All captured letters.
    private static String captured(RelayFolder relay) throws IOException {
        var captured = relay.state().resolve("captured");
        Awaitility.await().until(() -> Files.isDirectory(captured) && letters(captured).iterator().hasNext());
        var text = new StringBuilder();
        for (var letter : letters(captured)) {
            text.append(Files.readString(letter));
        }
        return text.toString();
    }

    private static List<Path> letters(Path captured) throws IOException {
        try (var files = Files.list(captured)) {
            return files.filter(file -> file.toString().endsWith(".eml")).toList();
        }
    }

    private static String plain(String login, String password) {
        return base64("\0" + login + "\0" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
