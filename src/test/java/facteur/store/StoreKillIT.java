package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.PackagedRelay;
import facteur.office.OfficeId;
import facteur.office.Roles;
import java.io.BufferedReader;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed (`kill -9`) while it saves, between commit and answer too: what was answered is there, what was not
/// is whole or not there, and the next process goes on.
final class StoreKillIT {
    private static final int KILLS = 3;
    private static final int ANSWERS = 40;

    @TempDir
    private Path state;

    @Test
    void nothingThatWasAnsweredIsLost() throws Exception {
        var office = new OfficeId("dupont");
        MigratedDatabase.open(state).close();
        for (var kill = 1; kill <= KILLS; kill++) {
            var answered = 0L;
            var process = new ProcessBuilder(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classPath(),
                    SavesUntilKilled.class.getName(),
                    state.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader said = process.inputReader()) {
                for (var line = said.readLine(); line != null; line = said.readLine()) {
                    answered = Long.parseLong(line);
                    if (answered % ANSWERS == 0) {
                        process.toHandle().destroyForcibly(); // The process itself would close the pipe, with answers in it.
                    }
                }
            }
            assertThat(answered).as("it has saved").isPositive();
            assertThat(process.waitFor()).isEqualTo(128 + 9);
            try (var database = MigratedDatabase.open(state)) {
                var store = new Store(database, () -> {
                    throw new AssertionError("nothing is judged");
                }, () -> Roles.DEFAULT, InstantSource.system());
                long newest = store.history().versions(office, OptionalLong.empty(), 1).getFirst().number();
                assertThat(newest).isBetween(answered, answered + 1);
                new Writers(database, office).assertHistoryReplays(newest);
                assertThat(new SettingsFeed(database).since(newest - 1).edition()).as("each is news").isEqualTo(newest);
            }
        }
    }

    /// The packaged program's, and the tests'.
    private static String classPath() throws URISyntaxException {
        var tests = Path.of(SavesUntilKilled.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return PackagedRelay.layout().resolve("lib") + "/*" + File.pathSeparator + tests;
    }
}
