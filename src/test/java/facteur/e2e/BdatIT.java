package facteur.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters by BDAT: whole or not at all, octet for octet, however they are cut.
final class BdatIT {
    private static final String ENVELOPE =
            "MAIL FROM:<jan@dupont.example> BODY=8BITMIME\r\nRCPT TO:<client@example.com>\r\n";
    private static final String HEADER = "From: jan@dupont.example\r\nSubject: chunks\r\n\r\n";

    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @Test
    void keepsEveryOctetOfABody() throws Exception {
        var body = everyOctetButBareLineEnds();
        var letter = concat(HEADER.getBytes(US_ASCII), body);
        var relay = relay("");
        try (var daemon = relay.start(journal);
                var app = AppConnection.greeted(daemon.ports().getFirst())) {
            app.send(ENVELOPE);
            app.send(AppConnection.chunk(Arrays.copyOf(letter, 70), ""));
            app.send(AppConnection.chunk(Arrays.copyOfRange(letter, 70, letter.length), " LAST"));
            assertThat(replies(app, 4)).last().asString().startsWith("250 2.0.0 Ok: queued as ");
            assertThat(captured(relay, 1).getFirst()).endsWith(new String(body, ISO_8859_1));
        }
    }

    @Test
    void takesTheSameLetterCutAnywhere() throws Exception {
        var letter = (HEADER + ".\r\n..x\r\nBDAT 3 LAST\r\n\r\n").getBytes(US_ASCII);
        var relay = relay("");
        try (var daemon = relay.start(journal);
                var app = AppConnection.greeted(daemon.ports().getFirst())) {
            for (var cut = 0; cut <= letter.length; cut++) {
                app.send(concat(
                        ENVELOPE.getBytes(US_ASCII),
                        AppConnection.chunk(Arrays.copyOf(letter, cut), ""),
                        AppConnection.chunk(Arrays.copyOfRange(letter, cut, letter.length), " LAST")));
                assertThat(replies(app, 4)).last().asString().startsWith("250 2.0.0 Ok: queued as ");
            }
            assertThat(captured(relay, letter.length + 1)).allMatch(captured -> captured.endsWith("\r\n\r\n.\r\n..x\r\nBDAT 3 LAST\r\n\r\n"));
        }
    }

    @Test
    void takesAConversationCutIntoPacketsAnywhere() throws Exception {
        var talk = concat(
                ENVELOPE.getBytes(US_ASCII),
                AppConnection.chunk((HEADER + "a\r").getBytes(US_ASCII), ""),
                AppConnection.chunk("\nb\r\n".getBytes(US_ASCII), " LAST"));
        var relay = relay("");
        try (var daemon = relay.start(journal);
                var app = AppConnection.greeted(daemon.ports().getFirst())) {
            for (var cut = 1; cut < talk.length; cut++) {
                app.send(Arrays.copyOf(talk, cut));
                app.send(Arrays.copyOfRange(talk, cut, talk.length));
                assertThat(replies(app, 4)).last().asString().startsWith("250 2.0.0 Ok: queued as ");
            }
        }
    }

    @Test
    void keepsNothingOfALetterWhoseConnectionIsCut() throws Exception {
        var relay = relay("limits: { body-in-memory: 1KB }\n");
        try (var daemon = relay.start(journal)) {
            for (var behind : new String[] {"BDAT 6 LAST\r\nhalf\r", "BDAT 6\r\nhalf\r", "BDAT 0\r\n", "", "RSET\r\n", "EHLO again\r\n", "QUIT\r\n",
                "DATA\r\n"}) {
                try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
                    app.send(ENVELOPE);
                    app.send(AppConnection.chunk((HEADER + "x\r\n".repeat(5_000)).getBytes(US_ASCII), ""));
                    assertThat(replies(app, 3)).last().asString().startsWith("250 2.0.0");
                    app.send(behind);
                }
                Awaitility.await().untilAsserted(() -> assertThat(relay.state().resolve("incoming")).isEmptyDirectory());
            }
        }
        assertThat(journal.events(MailEvent.Accepted.class)).isEmpty();
    }

    @Test
    void aStopBetweenChunksDropsTheLetter() throws Exception {
        var daemon = relay("").start(journal);
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            app.send(ENVELOPE);
            app.send(AppConnection.chunk(HEADER.getBytes(US_ASCII), ""));
            replies(app, 3);
            daemon.close();
            assertThat(app.reply().toString()).startsWith("421 4.3.2");
        }
        assertThat(journal.events(MailEvent.Accepted.class)).isEmpty();
    }

    @Test
    void stuffsTheDotsOfAChunkOnItsWayOut() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var daemon = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port()).start(journal);
                var app = AppConnection.greeted(daemon.ports().getFirst())) {
            var hidden = ".\r\nMAIL FROM:<eve@example.org>\r\nRCPT TO:<eve@example.org>\r\nDATA\r\n\r\n.\r\n";
            app.send(ENVELOPE);
            app.send(AppConnection.chunk((HEADER + hidden).getBytes(US_ASCII), " LAST"));
            replies(app, 3);
            assertThat(upstream.awaitLetters(1)).singleElement().returns(hidden, letter -> letter.body());
            assertThat(upstream.commands()).noneMatch(command -> command.contains("eve@"));
        }
    }

    private RelayFolder relay(String lines) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured(lines);
    }

    private static List<String> replies(AppConnection app, int count) throws IOException {
        var replies = new String[count];
        for (var i = 0; i < count; i++) {
            replies[i] = app.reply().toString();
        }
        return List.of(replies);
    }

    private static List<String> captured(RelayFolder relay, int count) throws IOException {
        var captured = relay.state().resolve("captured");
        Awaitility.await().until(() -> files(captured).size() == count);
        var texts = new String[count];
        for (var i = 0; i < count; i++) {
            texts[i] = Files.readString(files(captured).get(i), ISO_8859_1);
        }
        return List.of(texts);
    }

    private static List<Path> files(Path captured) throws IOException {
        if (!Files.isDirectory(captured)) {
            return List.of();
        }
        try (var files = Files.list(captured)) {
            return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
        }
    }

    private static byte[] everyOctetButBareLineEnds() {
        var octets = new ByteArrayOutputStream();
        for (var octet = 0; octet < 256; octet++) {
            if (octet != '\r' && octet != '\n') {
                octets.write(octet);
                octets.writeBytes("\r\n".getBytes(US_ASCII));
                octets.write(octet);
            }
        }
        return octets.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
