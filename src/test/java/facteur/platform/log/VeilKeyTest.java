package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VeilKeyTest {
    @TempDir
    private Path folder;

    @Test
    void isMadeOnceForTheOwnerAlone() throws IOException {
        var state = folder.resolve("var");
        var made = VeilKey.veil(Addresses.HASHED, state);
        var file = state.resolve("journal.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(VeilKey.veil(Addresses.HASHED, state)).isEqualTo(made);
        Files.delete(file);
        assertThat(VeilKey.veil(Addresses.HASHED, state)).isNotEqualTo(made);
    }

    @Test
    void isNotNeededOtherwise() throws IOException {
        assertThat(VeilKey.veil(Addresses.FULL, folder)).isEqualTo(new Veil.None());
        assertThat(VeilKey.veil(Addresses.MASKED, folder)).isEqualTo(new Veil.Masked());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isNeverHalfAKey() throws IOException {
        for (var broken : new String[] {"", "00ff", "x".repeat(64)}) {
            Files.writeString(folder.resolve("journal.key"), broken);
            assertThatThrownBy(() -> VeilKey.veil(Addresses.HASHED, folder)).hasMessageContaining("journal.key is not 64");
        }
    }
}
