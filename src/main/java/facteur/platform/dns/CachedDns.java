package facteur.platform.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Remembers answers as long as they hold, within bounds: not so short that a careless zone is asked again and again, not
/// so long that a mistake stays. What isn't known isn't remembered. Thread-safe.
public final class CachedDns implements Dns {
    static final Duration FLOOR = Duration.ofSeconds(30);
    static final Duration CEILING = Duration.ofMinutes(30);

    private static final int NAMES = 10_000;

    /// @param name in lower case
    private record Question(String name, RecordType type) {}

    private final Dns dns;
    private final Cache<Question, DnsAnswer> answers;

    public CachedDns(Dns dns, SteadyTime time) {
        this.dns = dns;
        answers = Caffeine.newBuilder()
                .maximumSize(NAMES)
                .expireAfter(Expiry.<Question, DnsAnswer>creating((_, answer) -> lifetime(answer)))
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, time.instant()))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public DnsAnswer ask(String name, RecordType type) {
        var question = new Question(name.toLowerCase(Locale.ROOT), type);
        var known = answers.getIfPresent(question);
        if (known != null) {
            return known;
        }
        var answer = dns.ask(name, type);
        switch (answer) {
            case DnsAnswer.Found _, DnsAnswer.Absent _ -> answers.put(question, answer);
            case DnsAnswer.Unknown _ -> {}
        }
        return answer;
    }

    private static Duration lifetime(DnsAnswer answer) {
        return switch (answer) {
            case DnsAnswer.Found found -> bounded(found.ttl());
            case DnsAnswer.Absent absent -> bounded(absent.ttl());
            case DnsAnswer.Unknown _ -> Duration.ZERO;
        };
    }

    private static Duration bounded(Duration ttl) {
        var least = ttl.compareTo(FLOOR) < 0 ? FLOOR : ttl;
        return least.compareTo(CEILING) > 0 ? CEILING : least;
    }
}
