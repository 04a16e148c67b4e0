package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.DkimVerifier;
import facteur.fixture.Dkimpy;
import facteur.fixture.FreePort;
import facteur.fixture.OpenDkim;
import facteur.fixture.PlainVerifier;
import facteur.fixture.Postfix;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.SignedCorpus;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.Signer;
import facteur.mail.dkim.StoredKey;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.office.OfficeId;
import facteur.relay.Daemon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients answer letters of an office with `replies: late`, through a relay with ports for apps and for returns.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LateRepliesIT {
    private static final Path HOP = Path.of("src/test/resources/client/postfix-hop").toAbsolutePath();
    private static final Pattern REPLY_TO =
            Pattern.compile("\r\nReply-To: \"An Peeters, Cabinet Dupont\"\\s+<(r-[0-9a-z]{34}@reply\\.example\\.org)>\r\n");
    private static final String LATE = "replies: late\n" + RelayFolder.DUPONT;
    private static final String INVOICE =
            "From: Jan Janssens <jan@dupont.example>\r\nTo: bob@bakker.example\r\nSubject: Your invoice\r\nX-Context: invoice\r\n"
                    + "X-Relation-Id: R-1042\r\nMessage-ID: <NAME@dupont.example>\r\n\r\nPlease pay.\r\n";
    private static final String ANSWER =
            "From: Bob <bob@bakker.example>\r\nTo: %s\r\nSubject: Re: Your invoice\r\nDate: Mon, 30 Nov 2026 10:00:00 +0000\r\n"
                    + "Message-ID: <%s@bakker.example>\r\nIn-Reply-To: <%2$s@dupont.example>\r\n\r\nWhy so much?\r\n";

    private final RecordingJournal journal = new RecordingJournal();
    private Path temporary;
    private RelayFolder folder;
    private Daemon relay;
    private List<DkimKey> keys;

    @BeforeAll
    void start(@TempDir Path made) throws IOException {
        temporary = made;
        folder = new RelayFolder(made.resolve("relay"))
                .office("dupont", LATE)
                .configuredWith(
                        "listeners",
                        "[{ address: \"127.0.0.1:0\" }, { takes: returns, address: \"127.0.0.1:0\" }]",
                        "returns: { domain: return.example.org, replies: reply.example.org, postmaster: admin@example.org }\n");
        relay = folder.start(journal);
        keys = new KeyFolder(made.resolve("client")).create("bakker.example", TestTime.START).keys().stream().map(StoredKey::key).toList();
    }

    @AfterAll
    void stop() {
        relay.close();
    }

    /// Sends one while An answers.
    ///
    /// @return the address to answer to, as it left
    private String invoice(String name) throws IOException {
        answers("An Peeters <an@dupont.example>");
        try (var app = AppConnection.greeted(relay.ports().get(0))) {
            var letter = INVOICE.replace("NAME", name).getBytes(StandardCharsets.US_ASCII);
            var id = id(app.submit("<app@dupont.example>", List.of("bob@bakker.example"), letter).text());
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

    private String arrive(String reversePath, String to, String letter) throws IOException {
        try (var host = AppConnection.greeted(relay.ports().get(1))) {
            return host.submit(reversePath, List.of(to), letter.getBytes(StandardCharsets.ISO_8859_1)).toString();
        }
    }

    private MailEvent.ReplyAccepted accepted(String messageId) {
        Awaitility.await().until(() -> journal.events(MailEvent.ReplyAccepted.class).stream().anyMatch(event -> event.messageId().equals(messageId)));
        return journal.events(MailEvent.ReplyAccepted.class).stream().filter(event -> event.messageId().equals(messageId)).findFirst().orElseThrow();
    }

    /// As the client's own host signs it.
    private String signed(String letter) throws IOException {
        var end = letter.indexOf("\r\n\r\n") + 2;
        var message = new Message(
                Header.parse(letter.substring(0, end).getBytes(StandardCharsets.ISO_8859_1)),
                new MemoryBody(letter.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1)));
        var out = new ByteArrayOutputStream();
        new Signer(_ -> keys, new TestTime()).sign(message, "bakker.example").message().writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private void answers(String people) {
        folder.office("dupont", LATE.replace("responsible: An Peeters <an@dupont.example> }", "responsible: \"" + people + "\" }"));
        relay.evict(new OfficeId("dupont"));
    }

    @Test
    void aReplyReachesThoseWhoAnswerNow() throws Exception {
        var to = invoice("now");
        answers("Ben Jacobs <ben@dupont.example>, cleo@dupont.example");
        var signed = signed(ANSWER.formatted(to, "now"));

        var reply = arrive("<bob@bakker.example>", to, signed);

        assertThat(reply).startsWith("250 2.0.0 Ok: queued as ");
        var relayed = captured(id(reply));
        assertThat(relayed).startsWith("Received: from app.example ([127.0.0.1])\r\n\tby relay.example.org with ESMTP id ")
                .endsWith("\r\nX-Relation-Id: R-1042\r\nX-Context: invoice\r\n" + signed);
        assertThat(accepted("<now@bakker.example>").recipients()).containsExactly("ben@dupont.example", "cleo@dupont.example");
        assertThat(Command.run(folder.config(), "queue", "show", id(reply)).out()).contains("ben@dupont.example", "context.role");
        for (var verifier : verifiers()) {
            assertThat(verifier.verify(relayed)).hasSameSizeAs(keys).containsOnly("pass");
        }
        if (OpenDkim.isHere()) {
            var openDkim = openDkim();
            assertThat(openDkim.verify(relayed)).hasSameSizeAs(keys).containsOnly("pass");
            assertThat(openDkim.verify(relayed.replace("Why so much?", "Why so little?"))).hasSameSizeAs(keys).doesNotContain("pass");
        }
        // The host didn't hear our 250, and comes again.
        assertThat(arrive("<bob@bakker.example>", to, signed)).isEqualTo(reply);
    }

    private List<DkimVerifier> verifiers() throws IOException {
        var published = DkimVerifier.Published.of("bakker.example", keys);
        var plain = new PlainVerifier(published);
        Optional<Dkimpy> dkimpy = Dkimpy.start(temporary, published);
        return dkimpy.<List<DkimVerifier>>map(started -> List.of(plain, letter -> {
            try (started) {
                return started.verify(letter);
            }
        })).orElseGet(() -> List.of(plain));
    }

    private DkimVerifier openDkim() throws IOException {
        return OpenDkim.ofFiles(Files.createDirectory(temporary.resolve("opendkim")), DkimVerifier.Published.of("bakker.example", keys));
    }

    @Test
    void aRealHostHandsAReplyOver() throws Exception {
        assumeTrue(Postfix.isHere(), "no Postfix, or not root");
        var to = invoice("host");
        var own = Files.createDirectory(temporary.resolve("postfix"));
        var port = FreePort.next();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        var signed = signed(ANSWER.formatted(to, "host"));
        try (var postfix = Postfix.start(own, List.of(HOP.resolve("main.cf"), HOP.resolve("master.cf")),
                Map.of("PORT", Integer.toString(port), "SINK", Integer.toString(relay.ports().get(1))))) {
            SignedCorpus.awaitPort(port);
            try (var client = AppConnection.greeted(port)) {
                assertThat(client.submit("<bob@bakker.example>", List.of(to), signed.getBytes(StandardCharsets.ISO_8859_1)).code()).isEqualTo(250);
            }
            Awaitility.await().untilAsserted(() -> assertThat(postfix.log()).contains("status=sent (250 2.0.0 Ok: queued as "));
        }
        var relayed = captured(accepted("<host@bakker.example>").id());
        assertThat(relayed).contains("by hop.example (Postfix)").endsWith(signed);
        assertThat(new PlainVerifier(DkimVerifier.Published.of("bakker.example", keys)).verify(relayed)).containsOnly("pass");
    }

    @Test
    void onlyTheRightAddressesAreOpen() throws Exception {
        var to = invoice("right");
        assertThat(arrive("<bob@bakker.example>", to.replaceFirst("^r-", "b-"), "")).startsWith("550 5.1.1 ");
        assertThat(arrive("<bob@bakker.example>", to.replace("@reply.", "@return."), "")).startsWith("550 5.1.1 ");
        assertThat(arrive("<bob@bakker.example>", to.toUpperCase(Locale.ROOT), ANSWER.formatted(to, "case"))).startsWith("250 ");
        var postmaster = arrive("<eve@example.com>", "Postmaster@reply.example.org", ANSWER.formatted("postmaster", "abuse"));
        assertThat(accepted("<abuse@bakker.example>").recipients()).containsExactly("admin@example.org");
        assertThat(captured(id(postmaster))).doesNotContain("X-Context").endsWith("\r\n" + ANSWER.formatted("postmaster", "abuse"));
    }

    /// For each sender, letter and day.
    @Test
    void oneAutomaticAnswerIsRelayed() throws Exception {
        var to = invoice("away");
        var away = "Auto-Submitted: auto-replied\r\n" + ANSWER.formatted(to, "away");
        assertThat(arrive("<>", to, away)).startsWith("250 ");
        var relayed = accepted("<away@bakker.example>");
        assertThat(relayed.reversePath()).isEqualTo("<>");
        assertThat(captured(relayed.id())).endsWith("\r\n" + away);
        assertThat(arrive("<>", to, away.replace("<away@bakker", "<away2@bakker"))).startsWith("250 ");
        assertThat(journal.events(MailEvent.ReplyAccepted.class)).extracting(MailEvent.ReplyAccepted::messageId)
                .doesNotContain("<away2@bakker.example>");
    }
}
