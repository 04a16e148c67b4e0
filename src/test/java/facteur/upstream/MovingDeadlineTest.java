package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MovingDeadlineTest {
    private final CompletableFuture<Long> passedAt = new CompletableFuture<>();
    private final MovingDeadline deadline = new MovingDeadline(() -> passedAt.complete(System.nanoTime()));
    private final long start = System.nanoTime();

    @AfterEach
    void cancel() {
        deadline.cancel();
    }

    @Test
    void passes() throws Exception {
        set(10);

        assertThat(passedAfter()).isGreaterThanOrEqualTo(Duration.ofMillis(10));
    }

    @Test
    void passesWhereItWasMovedTo() throws Exception {
        set(10);
        set(50);

        assertThat(passedAfter()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void passesEarlierWhenItIsMovedBack() throws Exception {
        set(TimeUnit.HOURS.toMillis(1));
        set(10);

        assertThat(passedAfter()).isLessThan(Duration.ofHours(1));
    }

    /// The timer of the first one finds nothing to do, and the second gets its own.
    @Test
    void passesWhenItIsSetAgain() throws Exception {
        set(20);
        deadline.clear();
        set(50);

        assertThat(passedAfter()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void doesNotPassOnceItIsCleared() throws Exception {
        set(20);
        deadline.clear();
        var other = new CompletableFuture<Boolean>();
        var later = new MovingDeadline(() -> other.complete(passedAt.isDone()));
        later.set(start + TimeUnit.MILLISECONDS.toNanos(50));

        assertThat(other.get()).isFalse();
    }

    private void set(long millis) {
        deadline.set(start + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private Duration passedAfter() throws Exception {
        return Duration.ofNanos(passedAt.get() - start);
    }
}
