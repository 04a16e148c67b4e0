package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final WorkQueue queue = new WorkQueue(FOR_EVER);

    @Test
    void handsOutWhatWaitsInItsOrder() throws Exception {
        var works = List.of(work(), work(), work());
        for (var work : works) {
            queue.add(work);
        }
        assertThat(queue.take(2, 0)).containsExactlyElementsOf(works.subList(0, 2));
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void waitsForAsManyAsTheLastTime() throws Exception {
        queue.add(work());
        queue.add(work());
        assertThat(queue.take(9, 0)).hasSize(2);
        var taken = inBackground(() -> queue.take(9, Long.MAX_VALUE));
        queue.add(work());
        queue.add(work());
        assertThat(taken.get()).hasSize(2);
    }

    @Test
    void waitsForThemForAMomentOnly() throws Exception {
        var impatient = new WorkQueue(Duration.ofNanos(1));
        impatient.add(work());
        impatient.add(work());
        assertThat(impatient.take(9, 0)).hasSize(2);
        impatient.add(work());
        assertThat(impatient.take(9, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void oneAloneWaitsForNoOther() throws Exception {
        queue.add(work());
        assertThat(queue.take(9, 0)).hasSize(1);
        queue.add(work());
        assertThat(queue.take(9, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void itsEndIsNotWaitedFor() throws Exception {
        queue.add(work());
        queue.add(work());
        assertThat(queue.take(9, 0)).hasSize(2);
        var taken = inBackground(() -> queue.take(9, Long.MAX_VALUE));
        queue.add(work());
        queue.close();
        assertThat(taken.get()).hasSize(1);
        assertThat(queue.isDone()).isTrue();
    }

    @Test
    void patienceHasAnEnd() {
        assertThat(queue.take(9, 1)).isEmpty();
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.startVirtualThread(task);
        return task;
    }

    private static PendingCommit<Boolean> work() {
        return new PendingCommit<>(_ -> true, PendingCommit.Kind.NEW, LogConcern.ANY);
    }
}
