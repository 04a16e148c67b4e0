package facteur.mail.dkim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The keys of the folder, read again every ten seconds at most: what another process did counts by then. A problem is
/// told when it is first seen, and again when it comes back; while there is one, a key that was read before it goes on.
///
/// Thread-safe; who comes first waits for the disk, and others for him.
public final class KeyCache implements SigningKeys {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int DOMAINS = 10_000;

    private record Edition(List<DkimKey> signing, List<String> problems, Instant readAt) {
        boolean isFreshAt(Instant now) {
            return readAt.plus(FRESH).isAfter(now);
        }
    }

    private final Cache<String, Edition> editions = Caffeine.newBuilder().maximumSize(DOMAINS).build();
    private final KeyFolder folder;
    private final SteadyTime time;
    private final Consumer<String> trouble;

    /// @param trouble takes a sentence for the operator
    public KeyCache(KeyFolder folder, SteadyTime time, Consumer<String> trouble) {
        this.folder = folder;
        this.time = time;
        this.trouble = trouble;
    }

    @Override
    public List<DkimKey> of(String domain) {
        var now = time.instant();
        var held = editions.getIfPresent(domain);
        if (held != null && held.isFreshAt(now)) {
            return held.signing();
        }
        return editions.asMap()
                .compute(domain, (_, before) -> before != null && before.isFreshAt(now) ? before : read(domain, before, now))
                .signing();
    }

    private Edition read(String domain, @Nullable Edition before, Instant now) {
        var last = before == null ? new Edition(List.of(), List.of(), now) : before;
        var keys = folder.read(domain);
        keys.problems().stream().filter(problem -> !last.problems().contains(problem)).forEach(trouble);
        var isLess = !keys.problems().isEmpty() && keys.signing().size() < last.signing().size();
        return new Edition(isLess ? last.signing() : keys.signing(), keys.problems(), now);
    }
}
