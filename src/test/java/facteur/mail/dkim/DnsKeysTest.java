package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.dns.Dns;
import facteur.platform.dns.DnsAnswer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DnsKeysTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static Dns texts(String... texts) {
        return (_, _) -> new DnsAnswer.Found(List.of(texts), List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ZERO);
    }

    private static PublishedKey ask(Dns dns) {
        return new DnsKeys(dns, LONG).of(Set.of("s1._domainkey.example.org")).values().iterator().next();
    }

    @Test
    void findsTheKeyAmongOtherTexts() {
        assertThat(ask(texts("v=spf1 -all", "v=DKIM1; p=AAAA"))).isEqualTo(new PublishedKey.Found("v=DKIM1; p=AAAA"));
        assertThat(ask(texts("v=spf1 -all"))).isEqualTo(new PublishedKey.Missing());
        assertThat(ask((_, _) -> new DnsAnswer.Absent(DnsAnswer.Absence.NO_NAME, List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ZERO)))
                .isEqualTo(new PublishedKey.Missing());
        assertThat(ask((_, _) -> new DnsAnswer.Unknown("SERVFAIL"))).isEqualTo(new PublishedKey.Unknown("SERVFAIL"));
        assertThat(ask((_, _) -> {
            throw new IllegalStateException("odd");
        })).isInstanceOf(PublishedKey.Unknown.class);
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        var never = new CountDownLatch(1);
        var keys = new DnsKeys(
                (name, _) -> {
                    if (name.startsWith("slow")) {
                        try {
                            never.await();
                        } catch (InterruptedException stop) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return new DnsAnswer.Unknown("SERVFAIL");
                },
                Duration.ZERO);
        assertThat(keys.of(Set.of("slow._domainkey.example.org")))
                .containsValue(new PublishedKey.Unknown("no answer in time"));
        never.countDown();
    }

    @Test
    void asksForSoManyAndNoMore() {
        var asked = new AtomicInteger();
        var names = new LinkedHashSet<>(IntStream.range(0, 100).mapToObj(i -> "s" + i + "._domainkey.example.org").toList());
        var answers = new DnsKeys(
                (_, _) -> {
                    asked.incrementAndGet();
                    return new DnsAnswer.Found(List.of("p=AAAA"), List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ZERO);
                },
                LONG).of(names);
        assertThat(answers).hasSize(100);
        assertThat(asked).hasValue(DnsKeys.MOST_NAMES);
        assertThat(answers.get("s99._domainkey.example.org")).isEqualTo(new PublishedKey.TooMany());
    }
}
