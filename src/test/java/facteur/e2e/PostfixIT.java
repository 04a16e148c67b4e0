package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Postfix of its own, without a port, that relays what its `sendmail` is given to the packaged relay. Only root may run
/// one.
final class PostfixIT {
    private static final Path MASTER = Path.of("/usr/lib/postfix/sbin/master");
    private static final Path CLIENT = Path.of("src/test/resources/client").toAbsolutePath();
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
        assumeTrue(Files.isExecutable(MASTER) && System.getProperty("user.name").equals("root"), "no Postfix, or not root");
    }

    @Test
    void takesALetterOverTlsAndPipelined() throws Exception {
        var relays = new RelayFolder(folder.resolve("relay"))
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        "listeners",
                        "[{ address: \"127.0.0.1:0\", tls: starttls-required }]",
                        TestTls.section("relay.pem", "relay-pkcs8.key"));
        var log = folder.resolve("postfix.log");
        try (var relay = PackagedRelay.run(relays.config())) {
            configure(relay.port());
            run("postfix", "-c", folder.toString(), "check");
            var postfix = new ProcessBuilder(MASTER.toString(), "-c", folder.toString(), "-d")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                run("sendmail", "-C", folder.toString(), "-i", "-f", "jan@dupont.example", "client@example.com", "archive@example.com");

                Awaitility.await().untilAsserted(() -> assertThat(Files.readString(log)).contains("removed"));
            } finally {
                postfix.destroy();
                postfix.waitFor();
            }
        }

        assertThat(Files.readString(log))
                .contains("Using ESMTP PIPELINING")
                .contains("to=<client@example.com>")
                .contains("to=<archive@example.com>")
                .contains("dsn=2.0.0, status=sent (250 2.0.0 queued as ");
        assertThat(captured(relays))
                .contains("\r\n\tby relay.example.org with ESMTPS id ")
                .contains("\r\nFrom: Cabinet Dupont SRL <office@dupont.example>\r\n")
                .contains("\r\nReply-To: An Peeters <an@dupont.example>\r\n")
                .contains("Received: by app.example (Postfix, from userid 0)")
                .doesNotContain("X-Context")
                .endsWith("\r\n\r\nGood day!\r\n.\r\n.dots, and the end\r\n");
    }

    private void configure(int port) throws IOException {
        // Not all of Postfix runs as root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("queue"));
        var data = Files.createDirectories(folder.resolve("data"));
        Files.setOwner(data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        var authority = Files.copy(TestTls.file("ca.pem"), folder.resolve("ca.pem"));
        var values = Map.of("FOLDER", folder.toString(), "PORT", Integer.toString(port), "CA", authority.toString());
        for (var file : new String[] {"main.cf", "master.cf"}) {
            var text = Files.readString(CLIENT.resolve("postfix").resolve(file));
            for (var value : values.entrySet()) {
                text = text.replaceAll("\\b" + value.getKey() + "\\b", value.getValue());
            }
            Files.writeString(folder.resolve(file), text);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.outputWriter(StandardCharsets.US_ASCII)) {
            out.write(LETTER);
        } catch (IOException notRead) {
            // Not all of them want it.
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static String captured(RelayFolder relays) throws IOException {
        try (var files = Files.list(relays.state().resolve("captured"))) {
            return Files.readString(files.filter(file -> file.toString().endsWith(".eml")).findFirst().orElseThrow());
        }
    }
}
