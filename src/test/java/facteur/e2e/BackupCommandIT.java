package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `facteur backup` and `facteur restore`, with the packaged program.
final class BackupCommandIT {
    private record Said(int exitCode, String out, String err) {}

    @TempDir
    private Path folder;

    @Test
    void backsUpBesideTheDaemonAndRestoresElsewhere() throws Exception {
        var relay = new RelayFolder(folder.resolve("home")).office("dupont", RelayFolder.DUPONT).relayingTo(1);
        var file = folder.resolve("backup.zip").toString();
        try (var running = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(running.port())) {
            var letter = "From: jan@dupont.example\r\n\r\nGood day!\r\n".getBytes(StandardCharsets.US_ASCII);
            assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).code()).isEqualTo(250);
            var made = run(relay, "backup", file);
            assertThat(made.out()).contains("letters in the queue: 1,").contains("the configuration is not included");
            assertThat(made.exitCode()).isZero();
            var again = run(relay, "backup", file);
            assertThat(again.err()).contains("is there already").contains("--force");
            assertThat(again.exitCode()).isEqualTo(73);
            assertThat(run(relay, "backup", "--force", file).exitCode()).isZero();
            var inUse = run(relay, "restore", "--force", file);
            assertThat(inUse.err()).contains("in use by another facteur");
            assertThat(inUse.exitCode()).isEqualTo(73);
        }
        var away = new RelayFolder(folder.resolve("away")).office("dupont", RelayFolder.DUPONT).relayingTo(1);
        var noBackup = run(away, "restore", relay.config().toString());
        assertThat(noBackup.err()).contains("is no backup");
        assertThat(noBackup.exitCode()).isEqualTo(65);
        var restored = run(away, "restore", "--hold", file);
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out()).contains("letters in the queue: 1, as of 20").contains("on hold");
        assertThat(restored.exitCode()).isZero();
        // Those that the backup has, and its return.
        assertThat(run(away, "log", "--acts").out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("  restore --hold " + file),
                        line -> assertThat(line).contains("  backup " + file));
        assertThat(run(away, "queue", "list", "--state", "hold").out()).contains("client@example.com");
        assertThat(run(away, "restore", file).err()).contains("already contains a state").contains("--force");
    }

    private Said run(RelayFolder relay, String... arguments) throws IOException, InterruptedException {
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var process = PackagedRelay.command(arguments);
        process.command().addAll(List.of("--config", relay.config().toString()));
        var running = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(running.exitValue(), Files.readString(out), Files.readString(err));
    }
}
