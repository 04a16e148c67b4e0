package facteur.dns;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CachedDnsTest {
    private final TestTime time = new TestTime();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final CachedDns dns = new CachedDns(_ -> answers.remove(), time);

    private static Answer found(String text, Duration ttl) {
        return new Answer.Found(List.of(text), List.of(), Answer.Validation.UNSIGNED, ttl);
    }

    private static Answer absent(Duration ttl) {
        return new Answer.Absent(Answer.Absence.NO_NAME, List.of(), Answer.Validation.UNSIGNED, ttl);
    }

    private void holds(Answer first, Duration lifetime) {
        var second = found("another", Duration.ofMinutes(1));
        answers.add(first);
        answers.add(second);
        assertThat(dns.txt("a.example")).isEqualTo(first);
        time.advance(lifetime.minusMillis(1));
        assertThat(dns.txt("A.example")).isEqualTo(first);
        time.advance(Duration.ofMillis(1));
        assertThat(dns.txt("a.example")).isEqualTo(second);
    }

    @Test
    void remembersAsLongAsTheAnswerHolds() {
        holds(found("one", Duration.ofMinutes(5)), Duration.ofMinutes(5));
    }

    @Test
    void remembersThatThereIsNothing() {
        holds(absent(Duration.ofMinutes(5)), Duration.ofMinutes(5));
    }

    @Test
    void remembersNoShorterThanTheFloor() {
        holds(found("one", Duration.ZERO), CachedDns.FLOOR);
    }

    @Test
    void remembersNoLongerThanTheCeiling() {
        holds(absent(Duration.ofDays(365)), CachedDns.CEILING);
    }

    @Test
    void remembersNothingThatIsNotKnown() {
        answers.add(new Answer.Unknown("SERVFAIL"));
        answers.add(found("one", Duration.ofMinutes(1)));
        assertThat(dns.txt("a.example")).isInstanceOf(Answer.Unknown.class);
        assertThat(dns.txt("a.example")).isInstanceOf(Answer.Found.class);
    }
}
