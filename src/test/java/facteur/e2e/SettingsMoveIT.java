package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings move from files into a running relay's database, are changed there, and move back: by one command, one changed line and a
/// reload each way. With the packaged program, and a letter after each step.
final class SettingsMoveIT {
    private static final String FILES = "settings: { source: files }";
    private static final String STORE = "settings: { source: store }";

    @TempDir
    private Path folder;

    @Test
    void fromFilesIntoTheDatabaseAndBack() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .office("durand", "company: Durand <office@durand.example>\n")
                .configured(FILES + "\n");
        var offices = folder.resolve("offices");
        try (var daemon = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(daemon.port())) {
            assertThat(repliesOf(app, "invoice 1")).isEqualTo("An Peeters <an@dupont.example>");

            var imported = program(relay, "settings", "import", offices.toString());
            assertThat(imported.exitCode()).isZero();
            assertThat(imported.out().lines()).hasSize(2).allMatch(line -> line.contains("settings: new"));
            assertThat(imported.err()).contains("settings.source is files");
            relay.edited(FILES, STORE);
            assertThat(program(relay, "reload").out()).contains("changed: settings.source");
            // No file decides any more.
            Files.writeString(offices.resolve("dupont.yaml"), "company: Other <other@dupont.example>\n");
            assertThat(repliesOf(app, "invoice 2")).isEqualTo("An Peeters <an@dupont.example>");

            assertThat(Command.execute("", "settings", "import", offices.toString(), "--office", "dupont", "--note", "moved", "--config",
                    relay.config().toString())).isEqualTo(new Ended(0, "dupont  settings: changed, version 3\n", ""));
            Awaitility.await().untilAsserted(() -> assertThat(repliesOf(app, "invoice")).isEqualTo("Other <other@dupont.example>"));
            assertAreTold("office@dupont.example", "other@dupont.example");

            assertThat(Command.run(relay.config(), "settings", "restore", "dupont", "1").exitCode()).isZero();
            assertThat(program(relay, "settings", "export", offices.toString()).exitCode()).isZero();
            relay.edited(STORE, FILES);
            assertThat(program(relay, "reload").exitCode()).isZero();
            assertThat(repliesOf(app, "invoice last")).isEqualTo("An Peeters <an@dupont.example>");
            assertThat(offices.resolve("dupont.relations.csv")).content().contains("R-1042,Jan Janssens <jan@dupont.example>,,An Peeters");
        }
    }

    private static Ended program(RelayFolder relay, String... words) throws IOException, InterruptedException {
        var arguments = Stream.concat(Stream.of(words), Stream.of("--config", relay.config().toString())).toArray(String[]::new);
        return Ended.of(PackagedRelay.command(arguments));
    }

    /// Where replies to a new letter go, as its upstream gets it.
    private String repliesOf(AppConnection app, String subject) throws IOException {
        var unique = subject + " " + System.nanoTime();
        var letter = "From: Jan <jan@dupont.example>\r\nX-Context: invoice\r\nX-Relation-Id: R-1042\r\nSubject: " + unique + "\r\n\r\nHello.\r\n";
        assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), letter.getBytes(StandardCharsets.US_ASCII)).code())
                .isEqualTo(250);
        return Awaitility.await()
                .until(() -> captured().filter(text -> text.contains("Subject: " + unique)).findFirst(), Optional::isPresent)
                .orElseThrow()
                .lines()
                .filter(line -> line.startsWith("Reply-To: "))
                .findFirst()
                .orElseThrow()
                .substring("Reply-To: ".length());
    }

    /// Both old and new address hear of it, each by a letter of its own.
    private void assertAreTold(String... addresses) {
        Awaitility.await().untilAsserted(() -> assertThat(notices()).hasSize(addresses.length));
        assertThat(notices())
                .allMatch(text -> text.contains("Why: moved") && text.contains("facteur settings restore dupont 1"));
        assertThat(addresses).allSatisfy(address -> assertThat(notices()).anyMatch(text -> text.contains(address + ">\r\nSubject")));
    }

    private List<String> notices() {
        return captured().filter(text -> text.contains("Subject: The mail settings of dupont have changed")).toList();
    }

    private Stream<String> captured() {
        var captured = folder.resolve("var/captured");
        try (var files = Files.exists(captured) ? Files.list(captured) : Stream.<Path>of()) {
            return files.filter(file -> file.toString().endsWith(".eml")).map(SettingsMoveIT::read).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
