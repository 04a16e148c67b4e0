package facteur.platform.dns;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CachedDnsTest {
    private final TestTime time = new TestTime();
    private final Deque<DnsAnswer> answers = new ArrayDeque<>();
    private final CachedDns dns = new CachedDns((_, _) -> answers.remove(), time);

    private static DnsAnswer found(String text, Duration ttl) {
        return new DnsAnswer.Found(List.of(text), List.of(), DnsAnswer.Validation.UNSIGNED, ttl);
    }

    private static DnsAnswer absent(Duration ttl) {
        return new DnsAnswer.Absent(DnsAnswer.Absence.NO_NAME, List.of(), DnsAnswer.Validation.UNSIGNED, ttl);
    }

    private void holds(DnsAnswer first, Duration lifetime) {
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
    void remembersEachTypeApart() {
        var text = found("one", Duration.ofMinutes(5));
        answers.add(text);
        answers.add(absent(Duration.ofMinutes(5)));
        assertThat(dns.txt("a.example")).isEqualTo(text);
        assertThat(dns.mx("a.example")).isInstanceOf(DnsAnswer.Absent.class);
        assertThat(dns.txt("a.example")).isEqualTo(text);
    }

    @Test
    void remembersNothingThatIsNotKnown() {
        answers.add(new DnsAnswer.Unknown("SERVFAIL"));
        answers.add(found("one", Duration.ofMinutes(1)));
        assertThat(dns.txt("a.example")).isInstanceOf(DnsAnswer.Unknown.class);
        assertThat(dns.txt("a.example")).isInstanceOf(DnsAnswer.Found.class);
    }
}
