package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.ReloadResult;
import facteur.fixture.AppConnection;
import facteur.fixture.ArcHost;
import facteur.fixture.ArcProgram;
import facteur.fixture.Command;
import facteur.fixture.Corpus;
import facteur.fixture.DkimVerifier;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.Dkimpy;
import facteur.fixture.PlainArc;
import facteur.fixture.PlainVerifier;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.RsaKeys;
import facteur.fixture.ScriptedDns;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.Signer;
import facteur.mail.dkim.StoredKey;
import facteur.mail.dkim.TestKeys;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.relay.Daemon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients answer letters through a relay with `returns.seal: true`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SealedRepliesIT {
    private static final String REPLIES = "reply.example.org";
    private static final Pattern REPLY_TO = Pattern.compile("<(r-[0-9a-z]{34}@reply\\.example\\.org)>");
    private static final String INVOICE =
            "From: Jan Janssens <jan@dupont.example>\r\nTo: bob@bakker.example\r\nSubject: Your invoice\r\nX-Context: invoice\r\n"
                    + "X-Relation-Id: R-1042\r\n\r\nPlease pay.\r\n";
    private static final String RETURNS = "returns: { domain: return.example.org, replies: " + REPLIES + ", seal: true }\n";

    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedDns dns = ScriptedDns.start();
    private final PlainArc list = new PlainArc("list.example", RsaKeys.next(1024), List.of());
    private final List<Published> published = new ArrayList<>();
    private Path temporary;
    private RelayFolder folder;
    private Daemon relay;
    private List<DkimKey> clientKeys;
    private String to;

    @BeforeAll
    void start(@TempDir Path made) throws IOException {
        temporary = made;
        folder = relayFolder(made.resolve("relay"));
        for (var stored : TestKeys.folder(folder.state()).create(REPLIES, TestTime.START).keys()) {
            TestKeys.folder(folder.state()).activate(REPLIES, stored.key().selector(), TestTime.START);
            published.addAll(Published.of(REPLIES, List.of(stored.key())));
        }
        clientKeys = TestKeys.folder(made.resolve("client")).create("bakker.example", TestTime.START).keys().stream().map(StoredKey::key).toList();
        published.addAll(Published.of("bakker.example", clientKeys));
        published.add(list.published());
        published.forEach(record -> {
            dns.txt(record.name(), record.text());
            list.learn(record);
        });
        relay = folder.start(journal);
        to = invoice();
    }

    private RelayFolder relayFolder(Path made) {
        return new RelayFolder(made)
                .office("dupont", "replies: late\n" + RelayFolder.DUPONT)
                .configuredWith(
                        Map.of("listeners", "[{ address: \"127.0.0.1:0\" }, { takes: returns, address: \"127.0.0.1:0\" }]",
                                "domains", "{ trusted: [dupont.example], resolvers: \"" + dns.resolver() + "\", timeout: 500ms }"),
                        RETURNS);
    }

    @AfterAll
    void stop() {
        relay.close();
        dns.close();
    }

    private String invoice() throws IOException {
        try (var app = AppConnection.greeted(relay.ports().get(0))) {
            var id = id(app.submit("<app@dupont.example>", List.of("bob@bakker.example"), INVOICE.getBytes(StandardCharsets.US_ASCII)).text());
            var found = REPLY_TO.matcher(captured(id));
            assertThat(found.find()).isTrue();
            return found.group(1);
        }
    }

    private static String id(String reply) {
        return reply.substring(reply.length() - 16);
    }

    private String captured(String id) throws IOException {
        var file = folder.state().resolve("captured").resolve(id + ".eml");
        Awaitility.await().until(() -> Files.exists(file.resolveSibling(id + ".json")));
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /// @return as it was relayed
    private String arrive(String letter) throws IOException {
        try (var host = AppConnection.greeted(relay.ports().get(1))) {
            var reply = host.submit("<bob@bakker.example>", List.of(to), letter.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(reply.toString()).startsWith("250 2.0.0 Ok: queued as ");
            return captured(id(reply.text()));
        }
    }

    private String seal(String messageId) {
        return journal.events(MailEvent.ReplyAccepted.class).stream()
                .filter(event -> event.messageId().equals(messageId))
                .map(MailEvent.ReplyAccepted::seal)
                .findFirst()
                .orElseThrow();
    }

    private String answer(String name, String body) {
        return "From: Bob <bob@bakker.example>\r\nTo: " + to + "\r\nSubject: Re: Your invoice\r\nDate: Mon, 30 Nov 2026 10:00:00 +0000\r\n"
                + "Message-ID: <" + name + "@bakker.example>\r\n\r\n" + body;
    }

    /// As the client's own host signs it.
    private String signed(String letter) throws IOException {
        var end = letter.indexOf("\r\n\r\n") + 2;
        var message = new Message(
                Header.parse(letter.substring(0, end).getBytes(StandardCharsets.ISO_8859_1)),
                new MemoryBody(letter.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1)));
        var out = new ByteArrayOutputStream();
        new Signer(_ -> clientKeys, new TestTime()).sign(message, "bakker.example").message().writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String results(String letter) {
        return Corpus.Parts.of(letter).named("ARC-Authentication-Results").getFirst().replaceAll("\\s+", " ").strip();
    }

    /// The office's mail host, by two of its verifiers.
    private void assertHostBelieves(String letter) throws IOException {
        assertThat(list.verify(letter)).isEqualTo("pass");
        var key = Files.writeString(temporary.resolve("key.pem"), "-----BEGIN");
        var dkimpy = ArcProgram.dkimpy(new ArcProgram.Place(temporary.resolve("arc"), published, "unused.example", "s1", key));
        if (dkimpy.isPresent()) {
            try (var host = dkimpy.get()) {
                assertThat(((ArcHost) host).verify(letter)).isEqualTo("pass success");
            }
        }
    }

    private void assertClientIsBelieved(String letter) throws IOException {
        DkimVerifier plain = new PlainVerifier(published);
        assertThat(plain.verify(letter)).hasSameSizeAs(clientKeys).containsOnly("pass");
        var dkimpy = Dkimpy.start(temporary, published);
        if (dkimpy.isPresent()) {
            try (var host = dkimpy.get()) {
                assertThat(host.verify(letter)).hasSameSizeAs(clientKeys).containsOnly("pass");
            }
        }
    }

    @Test
    void aReplyIsSealedWithWhatItsSignatureSaid() throws Exception {
        var signed = signed(answer("one", "Why so much?\r\n"));
        var relayed = arrive(signed);
        assertThat(relayed).startsWith("ARC-Seal: i=1; a=rsa-sha256; cv=none; d=reply.example.org;")
                .contains("\r\nReceived: from app.example ([127.0.0.1])\r\n\tby relay.example.org with ESMTP id ")
                .endsWith("\r\nX-Relation-Id: R-1042\r\nX-Context: invoice\r\n" + signed);
        assertThat(results(relayed)).startsWith("ARC-Authentication-Results: i=1; relay.example.org; dkim=pass header.d=bakker.example header.s=")
                .endsWith("; arc=none smtp.remote-ip=127.0.0.1");
        assertHostBelieves(relayed);
        assertClientIsBelieved(relayed);
        assertThat(seal("<one@bakker.example>")).isEqualTo("none");
    }

    /// Through a mailing list, say. Fields of ours that the client wrote go: what came in is judged with them.
    @Test
    void aChainGoesOn() throws Exception {
        var letter = list.seal("X-Context: other\r\n" + answer("two", "Why so much?\r\n"),
                list.parts(answer("two", "Why so much?\r\n"), "none"));
        var relayed = arrive(letter);
        assertThat(relayed).startsWith("ARC-Seal: i=2; a=rsa-sha256; cv=pass;").doesNotContain("X-Context: other");
        assertThat(results(relayed)).endsWith("; dkim=none; arc=pass smtp.remote-ip=127.0.0.1");
        assertHostBelieves(relayed);
        assertThat(seal("<two@bakker.example>")).isEqualTo("pass");
        var broken = arrive(letter.replace("two@bakker", "three@bakker").replace("so much", "so little"));
        assertThat(broken).startsWith("ARC-Seal: i=2; a=rsa-sha256; cv=fail;");
        assertThat(seal("<three@bakker.example>")).isEqualTo("fail");
    }

    @Test
    void aReplyIsRelayedThoughDnsIsSilent() throws Exception {
        clientKeys.forEach(key -> dns.manner(key.recordName("slow.example"), ScriptedDns.Manner.SILENT));
        var relayed = arrive(signed(answer("four", "Why?\r\n")).replace("d=bakker.example", "d=slow.example"));
        assertThat(results(relayed)).contains("; dkim=temperror reason=\"DNS doesn't answer for the key\" header.d=slow.example ");
        assertHostBelieves(relayed);
    }

    /// It lies on disk.
    @Test
    void aLargeReplyIsSealed() throws Exception {
        var signed = signed(answer("five", ("0123456789abcde ".repeat(4) + "\r\n").repeat(8_000)));
        var relayed = arrive(signed);
        assertThat(relayed).endsWith(signed);
        assertHostBelieves(relayed);
        assertClientIsBelieved(relayed);
    }

    @Test
    void aMissingKeyIsSaid() throws IOException {
        var other = relayFolder(temporary.resolve("other"));
        var line = Files.readAllLines(other.config()).indexOf(RETURNS.strip()) + 1;
        var checked = Command.run(other.config(), "check");
        assertThat(checked.exitCode()).isEqualTo(78);
        assertThat(checked.err()).contains(other.config().getFileName() + ":" + line + ": returns.seal: there is no key of reply.example.org. Write: "
                + "facteur domain add --relay reply.example.org");
        var added = Command.run(other.config(), "domain", "add", "--relay", REPLIES);
        assertThat(added.exitCode()).as(added.err()).isZero();
        var waiting = Command.run(other.config(), "check");
        assertThat(waiting.exitCode()).isZero();
        assertThat(waiting.err()).contains("returns.seal: the RSA key of reply.example.org waits for its record");
        for (var stored : TestKeys.folder(other.state()).read(REPLIES).keys()) {
            dns.txt(stored.key().recordName(REPLIES), stored.key().recordText());
        }
        dns.mx(REPLIES, "10 relay.example.org.");
        assertThat(Command.run(other.config(), "domain", "check", REPLIES).exitCode()).isZero();
        assertThat(Command.run(other.config(), "check").err()).doesNotContain("returns.seal");
    }

    @Test
    void aReloadWithoutAKeyIsRefused() throws IOException {
        folder.edited("replies: " + REPLIES, "replies: keyless.example.org");
        try {
            assertThat(relay.reload()).isInstanceOfSatisfying(ReloadResult.Refused.class,
                    refused -> assertThat(refused.problems()).singleElement().asString()
                            .contains("returns.seal: there is no key of keyless.example.org"));
        } finally {
            folder.edited("replies: keyless.example.org", "replies: " + REPLIES);
        }
    }
}
