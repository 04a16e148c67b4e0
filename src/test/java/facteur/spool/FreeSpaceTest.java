package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FreeSpaceTest {
    private static final long MEGABYTE = 1024 * 1024;
    private static final long FLOOR = 100 * MEGABYTE;

    /// May be anything, as that of [System#nanoTime].
    private long nowNanos = -3;

    private long diskBytes = 1000 * MEGABYTE;
    private int asked;
    private final FreeSpace space = new FreeSpace(this::ask, FLOOR, () -> nowNanos);

    private long ask() {
        asked++;
        return diskBytes;
    }

    @Test
    void asksTheDiskOnceInAWhile() throws Exception {
        space.acquire(4096);
        pass(99);
        space.acquire(4096);
        assertThat(asked).isEqualTo(1);
        pass(1);
        space.acquire(4096);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void asksAgainWhenWhatWasPromisedComesNearTheFloor() throws Exception {
        space.acquire(810 * MEGABYTE);
        diskBytes = FLOOR + 30 * MEGABYTE;
        space.acquire(30 * MEGABYTE);
        assertThat(asked).isEqualTo(2);
        assertThatThrownBy(() -> space.acquire(30 * MEGABYTE + 1))
                .isInstanceOf(SpoolException.class)
                .hasMessage("less than 104857600 octets of disk space left");
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void seesAtOnceThatThereIsRoomAgain() throws Exception {
        diskBytes = FLOOR - 1;
        assertThatThrownBy(() -> space.acquire(0)).isInstanceOf(SpoolException.class);
        diskBytes = FLOOR;
        space.acquire(0);
    }

    @Test
    void promisesNothingOfWhatItRefused() throws Exception {
        space.acquire(0);
        assertThatThrownBy(() -> space.acquire(901 * MEGABYTE)).isInstanceOf(SpoolException.class);
        space.acquire(800 * MEGABYTE);
        assertThat(asked).isEqualTo(2);
    }

    /// However much is written at once, what is refused is what the disk itself would refuse.
    @Property
    void keepsTheFloor(@ForAll @Size(max = 60) List<@IntRange(max = 120) Integer> megabytes) {
        diskBytes = 1000 * MEGABYTE;
        for (var size : megabytes) {
            var fits = diskBytes - size * MEGABYTE >= FLOOR;
            assertThat(isTaken(size * MEGABYTE)).isEqualTo(fits);
            diskBytes -= fits ? size * MEGABYTE : 0;
            pass(size);
        }
    }

    private boolean isTaken(long sizeBytes) {
        try {
            space.acquire(sizeBytes);
            return true;
        } catch (SpoolException full) {
            return false;
        }
    }

    private void pass(long millis) {
        nowNanos += Duration.ofMillis(millis).toNanos();
    }
}
