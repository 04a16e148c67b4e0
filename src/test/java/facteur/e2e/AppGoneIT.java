package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A reload takes an app away, its login, its password or an office: that counts for connections that are open, from their
/// next letter on.
@Timeout(60)
final class AppGoneIT {
    private static final String CLOSING = "421 4.7.0 This app is no longer admitted as it was, closing";
    private static final String MAIL = "MAIL FROM:<jan@dupont.example>";
    private static final String LOGIN = "AUTH PLAIN " + Base64.getEncoder().encodeToString("\0suite\0sesame".getBytes(StandardCharsets.US_ASCII));

    /// Of `sesame` too, with other salt.
    private static final String OTHER_HASH = RelayFolder.SESAME.replace("AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0OEA");

    private RelayFolder folder;
    private PackagedRelay relay;

    @BeforeEach
    void start(@TempDir Path path) throws IOException {
        folder = new RelayFolder(path)
                .office("dupont", RelayFolder.DUPONT)
                .office("durand", "company: Durand <office@durand.example>\n")
                .configuredWith(
                        "apps",
                        """

                          - { name: billing, networks: [127.0.0.1], offices: [dupont] }
                          - { name: shop, networks: [127.0.0.2], offices: [dupont, durand] }
                          - { name: suite, login: suite, password: "%s", offices: [durand] }""".formatted(RelayFolder.SESAME),
                        TestTls.section("relay.pem", "relay-pkcs8.key"));
        relay = PackagedRelay.run(folder.config());
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void anAppThatIsGoneIsToldSoAtItsNextLetterAndOthersAreNot() throws Exception {
        try (var gone = app("127.0.0.1"); var pipelining = app("127.0.0.1"); var busy = app("127.0.0.1"); var other = app("127.0.0.2")) {
            assertThat(submit(gone, "dupont")).startsWith("250 ");
            busy.say(MAIL);
            busy.say("RCPT TO:<client@example.com>");
            reload("- { name: billing, networks: [127.0.0.1], offices: [dupont] }\n", "");

            assertThat(gone.say(MAIL)).hasToString(CLOSING);
            assertThat(gone.isClosedByRelay()).isTrue();
            pipelining.send(MAIL + "\r\nRCPT TO:<client@example.com>\r\nDATA\r\n");
            assertThat(new String(pipelining.rest(), StandardCharsets.US_ASCII)).isEqualTo(CLOSING + "\r\n");

            assertThat(busy.say("DATA").code()).as("a letter that was begun is taken").isEqualTo(354);
            busy.send("From: jan@dupont.example\r\n\r\nhello\r\n.\r\n" + MAIL + "\r\n");
            assertThat(busy.reply().code()).isEqualTo(250);
            assertThat(busy.reply()).hasToString(CLOSING);
            assertThat(submit(other, "dupont")).startsWith("250 ");
            try (var again = app("127.0.0.1")) {
                assertThat(again.say(MAIL).code()).isEqualTo(530);
            }
        }
    }

    @Test
    void otherOfficesCountFromTheNextLetterOn() throws Exception {
        try (var app = app("127.0.0.2")) {
            assertThat(submit(app, "durand")).startsWith("250 ");
            reload("offices: [dupont, durand] }", "offices: [dupont] }");
            assertThat(submit(app, "durand")).isEqualTo("550 5.7.1 App shop may not send for office durand");
            assertThat(submit(app, "dupont")).startsWith("250 ");
            reload("offices: [dupont] }\n- { name: suite", "offices: [durand] }\n- { name: suite");
            assertThat(submit(app, "durand")).startsWith("250 ");
        }
    }

    @Test
    void anotherPasswordEndsWhoLoggedInByTheOldOne() throws Exception {
        try (var app = loggedIn(); var late = loggedIn()) {
            assertThat(submit(app, "durand")).startsWith("250 ");
            reload("offices: [durand] }", "offices: [dupont] }");
            assertThat(submit(app, "dupont")).as("the login is as it was").startsWith("250 ");
            reload(RelayFolder.SESAME, OTHER_HASH);
            assertThat(app.say(MAIL)).hasToString(CLOSING);
            reload("login: suite, password: \"" + OTHER_HASH + "\"", "networks: [127.0.0.3]");
            assertThat(late.say(MAIL)).as("no login any more").hasToString(CLOSING);
        }
    }

    private void reload(String old, String replacement) throws Exception {
        var before = reloads();
        folder.edited(old, replacement);
        relay.hangUp();
        Awaitility.await().until(() -> reloads() > before);
        assertThat(relay.said()).doesNotContain("event=reload-refused");
    }

    private long reloads() {
        return relay.said().lines().filter(line -> line.contains("event=reloaded")).count();
    }

    private AppConnection loggedIn() throws IOException {
        var app = app("127.0.0.4");
        assertThat(app.say(LOGIN).code()).isEqualTo(235);
        return app;
    }

    private AppConnection app(String address) throws IOException {
        var app = AppConnection.from(address, relay.port());
        app.say("EHLO app.example");
        return app;
    }

    private static String submit(AppConnection app, String office) throws IOException {
        var letter = "X-Office-Id: " + office + "\r\nFrom: jan@dupont.example\r\n\r\nhello\r\n";
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter.getBytes(StandardCharsets.US_ASCII)).toString();
    }
}
