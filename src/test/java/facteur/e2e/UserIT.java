package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person of the console from the making to the end: commands beside a daemon, and a browser.
final class UserIT {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    private Path folder;

    private final RecordingJournal journal = new RecordingJournal();
    private final HttpClient browser = HttpClient.newHttpClient();
    private RelayFolder relay;
    private Daemon daemon;

    @BeforeEach
    void start() {
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("""
                console: { address: "127.0.0.1:0", url: "http://localhost:8026" }
                """);
        daemon = relay.start(journal);
    }

    @AfterEach
    void stop() {
        browser.close();
        daemon.close();
    }

    private Ended user(String words) {
        return Command.run(relay.config(), ("user " + words).split(" "));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + daemon.consolePort().orElseThrow() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private int get(String path, String cookie) throws IOException, InterruptedException {
        return send(request(path).header("Cookie", cookie)).statusCode();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aPersonSetsAPasswordSignsInAndIsShutOut() throws Exception {
        var link = URI.create(user("add an --office dupont").out().strip()).getPath();
        assertThat(journal.await(MailEvent.PersonMade.class, 1)).singleElement().satisfies(event -> {
            assertThat(event.person()).isEqualTo("an");
            assertThat(event.roles()).containsExactly("dupont:admin");
            assertThat(event.operator()).startsWith("uid=");
        });
        assertThat(send(request(link)).statusCode()).isEqualTo(200);
        assertThat(post(link, "password=" + encoded(PASSWORD)).statusCode()).isEqualTo(303);
        assertThat(post(link, "password=" + encoded(PASSWORD)).statusCode()).isEqualTo(404);

        var signedIn = post("/sign-in", "login=An&password=" + encoded(PASSWORD));
        assertThat(signedIn.statusCode()).isEqualTo(303);
        var cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        assertThat(get("/me", cookie)).isEqualTo(200);
        assertThat(get("/o/durand/mail", cookie)).isEqualTo(404);
        assertThat(user("list").out()).containsPattern("(?m)^an +dupont:admin +set +no +20\\d\\d-");

        assertThat(user("disable an").exitCode()).isZero();
        assertThat(get("/me", cookie)).isEqualTo(303);
        assertThat(post("/sign-in", "login=an&password=" + encoded(PASSWORD)).statusCode()).isEqualTo(422);
        assertThat(journal.await(MailEvent.PersonDisabled.class, 1)).extracting(MailEvent.PersonDisabled::person).containsExactly("an");
        assertThat(journal.events(MailEvent.SignedIn.class)).extracting(MailEvent.SignedIn::person).containsExactly("an");
        assertThat(journal.await(MailEvent.SignInRefused.class, 1)).hasSize(1);
        assertThat(journal.events().toString()).doesNotContain(PASSWORD, link, cookie.replaceFirst(".*=", ""));
    }

    @Test
    void whoHasForgottenThePasswordGetsALinkByMail() throws Exception {
        assertThat(user("add an --office dupont --name Zoé --mail zoe@dupont.example").exitCode()).isZero();
        assertThat(post("/sign-in/forgotten", "login=nobody").statusCode()).isEqualTo(200);
        assertThat(post("/sign-in/forgotten", "login=zoe%40dupont.example").statusCode()).isEqualTo(200);
        assertThat(journal.await(MailEvent.Relayed.class, 1)).singleElement().satisfies(event -> {
            assertThat(event.recipient()).isEqualTo("zoe@dupont.example");
            assertThat(event.office()).isEmpty();
        });
        var letter = letter().replace("=\r\n", "");
        assertThat(letter).contains("Subject: New password for localhost\r\n", "of the account an at localhost", "Auto-Submitted: auto-generated");
        var link = Pattern.compile("http://localhost:8026(/password/[A-Za-z0-9_-]{43})").matcher(letter.replace("=3D", "="));
        assertThat(link.find()).isTrue();
        assertThat(post(link.group(1), "password=" + encoded(PASSWORD)).statusCode()).isEqualTo(303);
        assertThat(post("/sign-in", "login=an&password=" + encoded(PASSWORD)).statusCode()).isEqualTo(303);
        assertThat(journal.events().toString()).doesNotContain(link.group(1));
    }

    private String letter() throws IOException {
        try (var letters = Files.walk(relay.state().resolve("captured"))) {
            return Files.readString(letters.filter(each -> each.toString().endsWith(".eml")).findFirst().orElseThrow(), StandardCharsets.ISO_8859_1);
        }
    }
}
