package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReserveTest {
    private static final long BYTES = 3_000_000;

    @TempDir
    private Path state;

    @Test
    void takesBlocksOfTheDisk() throws Exception {
        var reserve = new Reserve(state, BYTES);
        assertThat(reserve.missingBytes()).isEqualTo(BYTES);
        assertThat(reserve.make()).isTrue();
        assertThat(reserve.missingBytes()).isZero();
        assertThat(reserve.make()).isFalse();
        assertThat(state.resolve("reserve")).hasSize(BYTES);
        assertThat((long) Files.readAllBytes(state.resolve("reserve")).length).isEqualTo(BYTES);
    }

    @Test
    void isGivenUpOnce() throws Exception {
        var reserve = new Reserve(state, BYTES);
        assertThat(reserve.giveUp()).isFalse();
        reserve.make();
        assertThat(reserve.giveUp()).isTrue();
        assertThat(reserve.giveUp()).isFalse();
        assertThat(state).isEmptyDirectory();
        assertThat(reserve.missingBytes()).isEqualTo(BYTES);
    }

    @Test
    void isKeptWhileThereIsRoom() throws Exception {
        var reserve = new Reserve(state, BYTES);
        reserve.make();
        assertThat(reserve.giveUpOnFullDisk()).isFalse();
        assertThat(reserve.missingBytes()).isZero();
    }

    @Test
    void isMadeAfreshOfHalfAOne() throws Exception {
        Files.write(state.resolve("reserve"), new byte[9]);
        Files.write(state.resolve("reserve.new"), new byte[9]);
        var reserve = new Reserve(state, BYTES);
        assertThat(reserve.make()).isTrue();
        assertThat(state.resolve("reserve")).hasSize(BYTES);
        assertThat(state.resolve("reserve.new")).doesNotExist();
    }

    @Test
    void leavesNothingWhereItCannotBeMade() throws IOException {
        var reserve = new Reserve(state.resolve("nowhere"), BYTES);
        assertThatThrownBy(reserve::make).isInstanceOf(IOException.class);
        assertThat(reserve.giveUp()).isFalse();
    }
}
