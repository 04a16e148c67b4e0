package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TarpitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void threeAreFreeAndTwentyTheEnd() {
        var tarpit = new Tarpit(3, 20, SECOND);
        assertThat(IntStream.range(0, 3).mapToObj(tarpit::pause)).containsOnly(Duration.ZERO);
        assertThat(IntStream.range(3, 30).mapToObj(tarpit::pause)).containsOnly(SECOND);
        assertThat(tarpit.isOver(19)).isFalse();
        assertThat(tarpit.isOver(20)).isTrue();
    }

    @Test
    void appsAreNeverSlowedDown() {
        assertThat(Tarpit.NONE.pause(1_000_000)).isZero();
        assertThat(Tarpit.NONE.isOver(1_000_000)).isFalse();
    }
}
