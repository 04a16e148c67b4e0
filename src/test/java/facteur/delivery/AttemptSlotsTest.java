package facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AttemptSlotsTest {
    private final HandOverMemory memory = new HandOverMemory(100);
    private final AttemptSlots slots = new AttemptSlots(4, memory);

    @Test
    void givesAsManyAsThereAre() {
        for (var i = 0; i < 4; i++) {
            assertThat(slots.tryAcquire(1)).isPresent();
        }
        assertThat(slots.tryAcquire(1)).isEmpty();
    }

    @Test
    void givesAReleasedOneAgain() {
        var slot = slots.tryAcquire(100).orElseThrow();
        assertThat(slots.tryAcquire(1)).as("no memory left").isEmpty();
        slot.release();
        assertThat(slots.tryAcquire(100)).isPresent();
    }

    @Test
    void leavesHalfOfThemToNewLetters() {
        assertThat(slots.reserve(50)).isEqualTo(2);
        assertThat(slots.reserve(50)).isZero();
        assertThat(slots.tryAcquire(1)).isPresent();
        assertThat(slots.tryAcquire(1)).isPresent();
        assertThat(slots.tryAcquire(1)).isEmpty();
        slots.giveBack(2);
        assertThat(slots.tryAcquire(1)).isPresent();
    }

    @Test
    void reservesNoneWhileMoreThanHalfOfTheMemoryIsUsed() {
        assertThat(slots.reserve(1)).isEqualTo(1);
        var slot = slots.reserved(51);
        assertThat(slots.reserve(1)).isZero();
        slot.release();
        assertThat(slots.reserve(1)).isEqualTo(1);
    }

    @Test
    void followsANewNumber() {
        var slot = slots.tryAcquire(1).orElseThrow();
        slots.resize(1);
        assertThat(slots.tryAcquire(1)).isEmpty();
        slot.release();
        assertThat(slots.tryAcquire(1)).isPresent();
        slots.resize(2);
        assertThat(slots.tryAcquire(1)).isPresent();
    }

    @Test
    void tellsWhenNoAttemptRuns() throws Exception {
        var slot = slots.tryAcquire(1).orElseThrow();
        assertThat(slots.awaitEmpty(Duration.ZERO)).isFalse();
        slot.release();
        assertThat(slots.awaitEmpty(Duration.ZERO)).isTrue();
        assertThat(slots.tryAcquire(1)).as("none starts any more").isEmpty();
    }
}
