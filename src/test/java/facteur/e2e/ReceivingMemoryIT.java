package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Recipients take memory from RCPT on: they count, are put off when there is no more, and give it back however their letter
/// ends.
@Timeout(60)
final class ReceivingMemoryIT {
    private static final Pattern HELD = Pattern.compile("(?m)^facteur_receiving_memory_bytes (\\S+)$");
    private static final byte[] LETTER = "From: jan@dupont.example\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);

    /// A header that the first 2 KB of a letter's memory don't hold.
    private static final byte[] LONG_HEADER =
            ("X-Long: " + "x".repeat(900) + "\r\n").repeat(10).concat("\r\nhello\r\n").getBytes(StandardCharsets.US_ASCII);

    private static final int LIMIT_BYTES = 256 * 1024;

    private final RecordingJournal journal = new RecordingJournal();
    private Daemon daemon;
    private AdminPort admin;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("limits: { receiving-memory: 256KB, login-delay: 0s, errors: 1000 }\n");
        daemon = relay.start(journal);
        admin = AdminPort.of(relay);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @Test
    void withoutRoomRecipientsArePutOffAndOthersAreStillServed() throws IOException {
        try (var greedy = app(); var other = app()) {
            greedy.say("MAIL FROM:<jan@dupont.example>");
            var taken = 0;
            var reply = greedy.say(recipient(taken));
            while (reply.code() == 250) {
                taken++;
                reply = greedy.say(recipient(taken));
            }
            assertThat(reply).hasToString("452 4.3.1 Too many recipients at once, try again later");
            assertThat(greedy.say(recipient(taken)).code()).isEqualTo(452);
            assertThat(taken).isBetween(100, 200);
            assertThat(held()).isBetween(LIMIT_BYTES / 2.0, LIMIT_BYTES * 0.75);
            assertThat(journal.events(MailEvent.Limited.class))
                    .as("said once of a letter")
                    .containsExactly(new MailEvent.Limited("receiving-memory", "127.0.0.1", "local"));

            assertThat(other.submit("<jan@dupont.example>", List.of("a@client.example", "b@client.example"), LONG_HEADER).code()).isEqualTo(250);
            assertThat(greedy.say("DATA").code()).isEqualTo(354);
            greedy.send(AppConnection.stuffed(LETTER));
            assertThat(greedy.reply().code()).as("those that were taken get it").isEqualTo(250);
            assertThat(journal.events(MailEvent.Accepted.class).getLast().recipients()).isEqualTo(taken);
            assertThat(held()).isZero();
            assertThat(greedy.submit("<jan@dupont.example>", List.of("a@client.example"), LETTER).code()).isEqualTo(250);
        }
    }

    /// After anything that apps say, and any way that they leave.
    @Test
    void whateverTheOrderOfVerbsAllOfItComesBack() throws IOException {
        var random = new Random(18);
        for (var i = 0; i < 60; i++) {
            try (var app = app()) {
                for (var j = random.nextInt(25); j > 0; j--) {
                    say(app, random);
                }
            } catch (IOException closedByRelay) {
                // As after a letter that was broken off.
            }
        }
        Awaitility.await().untilAsserted(() -> assertThat(held()).isZero());
    }

    private static void say(AppConnection app, Random random) throws IOException {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> app.say("MAIL FROM:<jan@dupont.example> ENVID=" + "e".repeat(100));
            case 3, 4, 5, 6 -> {
                for (var i = random.nextInt(40); i >= 0; i--) {
                    app.say(recipient(i));
                }
            }
            case 7 -> app.say("RSET");
            case 8 -> app.say("EHLO app.example");
            case 9 -> app.say("HELO app.example");
            case 10 -> data(app, random);
            case 11 -> chunk(app, random, "");
            case 12 -> chunk(app, random, " LAST");
            case 13 -> app.say("RCPT TO:<not an address>");
            case 14 -> app.say("AUTH PLAIN AGEAYg==");
            default -> app.say("QUIT");
        }
    }

    private static void data(AppConnection app, Random random) throws IOException {
        if (app.say("DATA").code() == 354) {
            var letter = AppConnection.stuffed(random.nextBoolean() ? LETTER : LONG_HEADER);
            if (random.nextInt(3) == 0) {
                app.send(new String(letter, 0, letter.length / 2, StandardCharsets.US_ASCII));
                throw new IOException("the app leaves within its letter");
            }
            app.send(letter);
            app.reply();
        }
    }

    private static void chunk(AppConnection app, Random random, String last) throws IOException {
        var chunk = AppConnection.chunk(LONG_HEADER, last);
        if (random.nextInt(3) == 0) {
            app.send(new String(chunk, 0, chunk.length / 2, StandardCharsets.US_ASCII));
            throw new IOException("the app leaves within a chunk");
        }
        app.send(chunk);
        app.reply();
    }

    private AppConnection app() throws IOException {
        return AppConnection.greeted(daemon.ports().getFirst());
    }

    private static String recipient(int number) {
        return "RCPT TO:<%s%04d@client.example> ORCPT=rfc822;%s NOTIFY=FAILURE,DELAY".formatted("l".repeat(60), number, "o".repeat(480));
    }

    private double held() throws IOException {
        var matcher = HELD.matcher(admin.get("/metrics"));
        assertThat(matcher.find()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
