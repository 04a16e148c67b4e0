package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.PackagedRelay;
import facteur.fixture.Postfix;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Postfix of its own, without a port, that relays what its `sendmail` is given to the packaged relay. Only root may run
/// one.
final class PostfixIT {
    private static final Path CLIENT = Path.of("src/test/resources/client/postfix").toAbsolutePath();
    private static final String LETTER = """
            From: Jan Janssens <jan@dupont.example>
            To: client@example.com
            Subject: Your invoice
            X-Context: invoice
            X-Relation-Id: R-1042

            Good day!
            .
            .dots, and the end
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void assumePostfix() {
        assumeTrue(Postfix.isHere(), "no Postfix, or not root");
    }

    @Test
    void takesALetterOverTlsAndPipelined() throws Exception {
        var relays = new RelayFolder(folder.resolve("relay"))
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        "listeners",
                        "[{ address: \"127.0.0.1:0\", tls: starttls-required }]",
                        TestTls.section("relay.pem", "relay-pkcs8.key"));
        // Not all of Postfix may look into the folder that the authority is in.
        var own = Files.createDirectory(folder.resolve("postfix"));
        var authority = Files.copy(TestTls.file("ca.pem"), own.resolve("ca.pem"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var relay = PackagedRelay.run(relays.config());
                var postfix = Postfix.start(
                        own,
                        List.of(CLIENT.resolve("main.cf"), CLIENT.resolve("master.cf")),
                        Map.of("PORT", Integer.toString(relay.port()), "CA", authority.toString()))) {
            Postfix.run(LETTER, "sendmail", "-C", own.toString(), "-i", "-f", "jan@dupont.example", "client@example.com", "archive@example.com");

            Awaitility.await().untilAsserted(() -> assertThat(postfix.log()).contains("removed"));
            assertThat(postfix.log())
                    .contains("Using ESMTP PIPELINING")
                    .contains("to=<client@example.com>")
                    .contains("to=<archive@example.com>")
                    .contains("dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as ");
        }
        assertThat(captured(relays))
                .contains("\r\n\tby relay.example.org with ESMTPS id ")
                .contains("\r\nFrom: Cabinet Dupont SRL <office@dupont.example>\r\n")
                .contains("\r\nReply-To: An Peeters <an@dupont.example>\r\n")
                .contains("Received: by app.example (Postfix, from userid 0)")
                .doesNotContain("X-Context")
                .endsWith("\r\n\r\nGood day!\r\n.\r\n.dots, and the end\r\n");
    }

    private static String captured(RelayFolder relays) throws IOException {
        try (var files = Files.list(relays.state().resolve("captured"))) {
            return Files.readString(files.filter(file -> file.toString().endsWith(".eml")).findFirst().orElseThrow());
        }
    }
}
