package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import facteur.fixture.AppConnection;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What root does with the packaged program in a state folder of another user: it leaves nothing there that the user's
/// daemon can't use. Passed over where the tests don't run as root.
final class RootIT {
    private static final String OWNER = "nobody";
    private static final String ANOTHER = "daemon";

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void handOver() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        // The owner has to get to the state.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(1);
        Files.createDirectory(relay.state());
        own(relay.state(), OWNER);
    }

    @Test
    void worksAsTheOwnerOfTheState() throws Exception {
        var backup = Files.createDirectory(folder.resolve("of-root")).resolve("backup.zip");
        Files.setPosixFilePermissions(backup.getParent(), PosixFilePermissions.fromString("rwx------"));
        // As the first command of an installation.
        var token = asRoot("token", "add", "suite", "--office", "dupont", "--scope", "log:read");
        assertThat(token.out()).as(token.err()).startsWith("fct_");
        requireTheOwners("token add");
        try (var running = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(running.port())) {
            var letter = ("From: jan@dupont.example\r\n\r\n" + "Good day!\r\n".repeat(30_000)).getBytes(StandardCharsets.US_ASCII);
            assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).code()).isEqualTo(250);
            done("domain", "add", "dupont.example", "--office", "dupont");
            done("domain", "rotate", "dupont.example");
            done("queue", "hold", "--all");
            done("forget", "--address", "nobody@example.com");
            done("backup", backup.toString());
            // The work is the owner's, the command root's.
            assertThat(done("log", "--acts").out().lines()).hasSize(6).allSatisfy(act -> assertThat(act).contains("  uid=0(root)"));
            // It leaves its log beside the database.
            running.kill();
        }
        done("backup", "--force", backup.toString());
        done("restore", "--force", "--hold", backup.toString());
        assertThat(as(OWNER, "queue", "list", "--state", "hold").out()).contains("client@example.com");
        assertThat(as(OWNER, "domain", "records", "dupont.example").out()).contains("v=DKIM1");
    }

    @Test
    void looksWithTheOwnersEyes() throws Exception {
        Files.setPosixFilePermissions(relay.config(), PosixFilePermissions.fromString("rw-------"));
        var ended = asRoot("run");
        assertThat(ended.err()).contains("permission denied").contains("as nobody, the owner of " + relay.state());
        assertThat(ended.exitCode()).isEqualTo(78);
    }

    @Test
    void refusesToRestoreForAnotherUser() throws Exception {
        var backup = folder.resolve("backup.zip");
        var away = new RelayFolder(folder.resolve("away")).office("dupont", RelayFolder.DUPONT).relayingTo(1);
        try (var running = PackagedRelay.run(away.config())) {
            assertThat(running.isAlive()).isTrue();
            assertThat(Ended.of(PackagedRelay.command("backup", backup.toString(), "--config", away.config().toString())).exitCode()).isZero();
        }
        own(backup, ANOTHER);
        Files.setPosixFilePermissions(relay.state(), PosixFilePermissions.fromString("rwxrwxrwx"));
        var refused = as(ANOTHER, "restore", backup.toString());
        assertThat(refused.err()).contains(relay.state() + " belongs to nobody: restore as that user");
        assertThat(refused.exitCode()).isEqualTo(77);
        try (var files = Files.list(relay.state())) {
            assertThat(files).isEmpty();
        }
    }

    /// As an orchestrator mounts a volume.
    @Test
    void forgetsInAFolderOfRootsWhereAnotherUsersDaemonWorks() throws Exception {
        try (var running = PackagedRelay.run(relay.config())) {
            assertThat(running.isAlive()).isTrue();
        }
        own(relay.state(), "root");
        Files.setPosixFilePermissions(relay.state(), PosixFilePermissions.fromString("rwxrwxrwx"));
        var ended = asRoot("forget", "--address", "client@example.com");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        assertThat(Files.getOwner(relay.state().resolve("journal.key")).getName()).isEqualTo(OWNER);
    }

    private Ended done(String... arguments) throws IOException, InterruptedException {
        var ended = asRoot(arguments);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        requireTheOwners(String.join(" ", arguments));
        return ended;
    }

    private void requireTheOwners(String command) throws IOException {
        try (var all = Files.walk(relay.state())) {
            for (var each : all.toList()) {
                assertThat(Files.getOwner(each).getName()).as("owner of %s after %s", each, command).isEqualTo(OWNER);
            }
        }
    }

    private Ended asRoot(String... arguments) throws IOException, InterruptedException {
        var command = PackagedRelay.command(arguments);
        command.command().addAll(List.of("--config", relay.config().toString()));
        return Ended.of(command);
    }

    private Ended as(String user, String... arguments) throws IOException, InterruptedException {
        var command = PackagedRelay.command(arguments);
        var whole = new ArrayList<>(List.of("setpriv", "--reuid=" + user, "--clear-groups"));
        whole.addAll(command.command());
        whole.addAll(List.of("--config", relay.config().toString()));
        return Ended.of(command.command(whole));
    }

    private static void own(Path path, String user) throws IOException {
        Files.setOwner(path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }
}
