package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.PackagedRelay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What systemd itself says of the unit, of a copy that names the packaged program where it lies.
final class UnitFileIT {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final Path UNIT = Path.of("systemd/facteur.service");

    @TempDir
    private Path folder;

    private Path unit;

    private record Said(int exitCode, String text) {}

    @BeforeEach
    void copy() throws IOException {
        assumeTrue(Files.isExecutable(ANALYZE), "there is no " + ANALYZE);
        unit = folder.resolve("facteur.service");
        var program = PackagedRelay.layout().resolve("bin/facteur").toString();
        Files.writeString(unit, Files.readString(UNIT).replace("/usr/bin/facteur", program));
    }

    @Test
    void hasNothingThatSystemdDoesNotKnow() throws Exception {
        // Without --man: the pages are the package's to install.
        assertThat(analyze("verify", "--man=no", unit.toString())).isEqualTo(new Said(0, ""));
    }

    @Test
    void wouldBeToldOfAMistake() throws Exception {
        Files.writeString(unit, Files.readString(unit).replace("PrivateTmp=yes", "PrivateTmpo=yes"));
        assertThat(analyze("verify", "--man=no", unit.toString()).text()).contains("PrivateTmpo");
    }

    /// In tenths.
    @Test
    void isExposedNoMoreThanItMustBe() throws Exception {
        var said = analyze("security", "--offline=true", "--threshold=15", unit.toString());
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(said.text()).contains("Overall exposure level");
    }

    private static Said analyze(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ANALYZE.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
