package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PageTurnsTest {
    private static final Optional<String> DUPONT = Optional.of("dupont");

    private final PageTurns turns = new PageTurns();

    @Test
    void fourOfAPersonAtOnce() throws Exception {
        var taken = new ArrayList<PageTurns.Turn>();
        for (var i = 0; i < PageTurns.PER_PERSON; i++) {
            taken.add(turns.take("jan", DUPONT));
        }
        turns.take("an", DUPONT).close();
        var isThrough = new CountDownLatch(1);
        try (var next = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = next.submit(() -> {
                turns.take("jan", DUPONT).close();
                isThrough.countDown();
            });
            assertThat(isThrough.getCount()).isOne();
            taken.getFirst().close();
            taken.getFirst().close();
            isThrough.await();
        }
        taken.forEach(PageTurns.Turn::close);
        assertThat(turns.size()).isZero();
    }

    @Test
    void eightOfAnOfficeAtOnceAndWhoStopsWaitingLeavesTheLine() {
        var taken = new ArrayList<PageTurns.Turn>();
        for (var i = 0; i < PageTurns.PER_OFFICE; i++) {
            taken.add(turns.take("person" + i, DUPONT));
        }
        turns.take("person0", Optional.of("peeters")).close();
        turns.take("person0", Optional.empty()).close();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.take("zoe", DUPONT)).isInstanceOfSatisfying(
                RefusedException.class, refused -> assertThat(refused.answer().status()).isEqualTo(429));
        assertThat(Thread.interrupted()).isTrue();
        taken.forEach(PageTurns.Turn::close);
        assertThat(turns.size()).isZero();
    }

    @Test
    void eightOfAllStrangersAtOnce() {
        var taken = new ArrayList<PageTurns.Turn>();
        for (var i = 0; i < PageTurns.OF_STRANGERS; i++) {
            taken.add(turns.takeOfStrangers());
        }
        turns.take("jan", DUPONT).close();
        Thread.currentThread().interrupt();
        assertThatThrownBy(turns::takeOfStrangers).isInstanceOf(RefusedException.class);
        assertThat(Thread.interrupted()).isTrue();
        taken.forEach(PageTurns.Turn::close);
        assertThat(turns.size()).isZero();
    }

    @Test
    void aLargeAnswerIsWorkedOnUntilItIsSent() {
        var ended = new AtomicInteger();
        var _ = Answer.html(200, "small".getBytes(StandardCharsets.UTF_8)).endingWith(ended::incrementAndGet);
        assertThat(ended).hasValue(1);
        var large = Answer.html(200, new byte[100_000]).endingWith(ended::incrementAndGet);
        assertThat(ended).hasValue(1);
        large.end();
        assertThat(ended).hasValue(2);
    }
}
