package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PeriodicTasksTest {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final int DEADLINE_SECONDS = 10;

    @Test
    void repeatsADutyThatHasFailed() throws InterruptedException {
        var runs = new CountDownLatch(3);
        try (var duties = new PeriodicTasks()) {
            duties.repeat("failing", Duration.ZERO, TICK, () -> {
                runs.countDown();
                throw new IllegalStateException("as a bug would");
            });
            assertThat(runs.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void delaysNoDutyForAnother() throws InterruptedException {
        var isBlocked = new CountDownLatch(1);
        var isInterrupted = new CountDownLatch(1);
        var runs = new CountDownLatch(3);
        try (var duties = new PeriodicTasks()) {
            duties.repeat("slow", Duration.ZERO, TICK, () -> {
                try {
                    isBlocked.countDown();
                    new CountDownLatch(1).await();
                } catch (InterruptedException closing) {
                    isInterrupted.countDown();
                }
            });
            assertThat(isBlocked.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            duties.repeat("quick", Duration.ZERO, TICK, runs::countDown);
            assertThat(runs.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(isInterrupted.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
