package facteur.settings;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Caches the answers of a source, so that a letter rarely waits for a slow one.
///
/// An answer is *fresh* for a while and used as it is. Then it is still used, and a new one is fetched in the background.
/// While the source fails, the old answer stays in use as *stale*, for a limited time; after that, callers wait for the
/// source, as for a key never asked for. That there is no such office or card is believed for a short while only. A key is
/// loaded once, however many callers ask for it at the same time.
///
/// Bounded: offices and cards weigh by their people, and the least used go first. Thread-safe.
public final class SettingsCache implements SettingsSource {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsCache.class);

    /// How long to leave a source alone that has just failed.
    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

    /// An answer and its age. A failed refresh makes a new one with the old answer.
    ///
    /// @param loadedAt long ago when it was evicted: what is left is that it was known
    /// @param askedAt when the source was last asked
    /// @param known what was known before the last question
    /// @param refreshing set while one thread refreshes
    private record Entry(Lookup<?> lookup, Instant loadedAt, Instant askedAt, LastKnown known, AtomicBoolean refreshing) {
        Entry(Lookup<?> lookup, Instant now, LastKnown known) {
            this(lookup, now, now, known, new AtomicBoolean());
        }

        Entry failedAgain(Instant now, LastKnown known) {
            return new Entry(lookup, loadedAt, now, known, new AtomicBoolean());
        }

        Entry evicted() {
            return new Entry(lookup, Instant.MIN, Instant.MIN, known, new AtomicBoolean());
        }

        boolean isEvicted() {
            return loadedAt.equals(Instant.MIN);
        }
    }

    /// How the cache has done since it was made.
    ///
    /// @param stale answers given while the source was failing
    /// @param oldestAge of those answers held that say what an office or client has; zero when there are none
    public record Statistics(long hits, long loads, long failures, long stale, long entries, Duration oldestAge) {}

    /// Learns how loads ended: once per load, however many letters wait for it or get the old answer.
    @FunctionalInterface
    public interface Trouble {
        void loadFailed(OfficeId office, String why);

        /// The source had it once, and says that there is none.
        ///
        /// @param relation empty when it is the office itself
        default void isGone(OfficeId office, Optional<RelationId> relation) {}
    }

    private final SettingsSource source;
    private final CacheTimes times;
    private final InstantSource time;
    private final Executor loaders;
    private final Trouble trouble;
    private final AsyncCache<CacheKey, Entry> entries;
    private final LongAdder hits = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private volatile boolean closed;

    /// @param loaders runs what waits for the source; each task may block
    public SettingsCache(SettingsSource source, CacheTimes times, InstantSource time, Executor loaders, Trouble trouble) {
        this.source = source;
        this.times = times;
        this.time = time;
        this.loaders = loaders;
        this.trouble = trouble;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(times.weight())
                .<CacheKey, Entry>weigher((key, entry) -> weight(entry.lookup()))
                .executor(Runnable::run)
                .buildAsync();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Lookup<OfficeSettings> office(OfficeId office) {
        return get(new CacheKey.OfOffice(office), () -> source.office(office));
    }

    @Override
    public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
        var client = source.form(relation);
        return get(new CacheKey.OfRelation(office, client), () -> source.relation(office, client));
    }

    /// Where the source answers many at once, it is asked past the cache: old letters' clients are not those of the next ones.
    @Override
    public Map<RelationId, Lookup<RelationCard>> relations(OfficeId office, Set<RelationId> relations) {
        return source.cardsAtOnce() == 1 ? SettingsSource.super.relations(office, relations) : source.relations(office, relations);
    }

    @Override
    public int cardsAtOnce() {
        return source.cardsAtOnce();
    }

    /// What the source says; where it can't list its offices, what the answers held say.
    @Override
    public Optional<List<Problem>> unlisted(Roles next) {
        return source.unlisted(next).or(() -> Optional.of(RoleUse.sorted(entries.synchronous().asMap().entrySet().stream()
                .filter(held -> !held.getValue().isEvicted())
                .flatMap(held -> held.getValue().lookup() instanceof Lookup.Found<?>(var value, _)
                        ? RoleUse.ofAnswer(held.getKey(), value, next)
                        : Stream.of()))));
    }

    /// Evicts one office and its cards: from now on, callers get what the source says from now on.
    ///
    /// @return how many answers were evicted
    public int evict(OfficeId office) {
        source.forget(office);
        return evict(key -> key.office().equals(office));
    }

    /// Evicts the office's settings, and none of its cards.
    ///
    /// @return how many answers were evicted
    public int evictSettings(OfficeId office) {
        source.forget(office);
        return evict(new CacheKey.OfOffice(office));
    }

    /// Evicts one card.
    ///
    /// @return how many answers were evicted
    public int evictCard(OfficeId office, RelationId relation) {
        source.forget(office);
        return evict(new CacheKey.OfRelation(office, source.form(relation)));
    }

    /// Evicts all cards of these offices, in one look at what is held.
    ///
    /// @return how many answers were evicted
    public int evictCards(Set<OfficeId> offices) {
        offices.forEach(source::forget);
        return evict(key -> key.client().isPresent() && offices.contains(key.office()));
    }

    /// Evicts everything.
    ///
    /// @return how many answers were evicted
    public int evictAll() {
        source.forgetAll();
        return evict(_ -> true);
    }

    /// Also what is still being loaded: only callers that wait already get it. That something was known
    /// stays known.
    private int evict(Predicate<CacheKey> which) {
        var gone = 0;
        for (var key : entries.asMap().keySet()) {
            if (which.test(key)) {
                gone += evict(key);
            }
        }
        return gone;
    }

    private int evict(CacheKey key) {
        var future = entries.asMap().get(key);
        if (future == null) {
            return 0;
        }
        var entry = future.isDone() && !future.isCompletedExceptionally() ? future.join() : null;
        if (entry == null || entry.known() instanceof LastKnown.Unknown) {
            return entries.asMap().remove(key, future) ? 1 : 0;
        }
        var isChanged = entries.asMap().replace(key, future, CompletableFuture.completedFuture(entry.evicted()));
        return isChanged && !entry.isEvicted() ? 1 : 0;
    }

    /// Looks at every answer held.
    public Statistics statistics() {
        var now = time.instant();
        var oldest = entries.synchronous().asMap().values().stream()
                .filter(entry -> entry.lookup() instanceof Lookup.Found<?> && isUsable(entry, now))
                .map(Entry::loadedAt)
                .min(Comparator.naturalOrder())
                .orElse(now);
        return new Statistics(
                hits.sum(),
                loads.sum(),
                failures.sum(),
                stale.sum(),
                entries.synchronous().asMap().values().stream().filter(entry -> !entry.isEvicted()).count(),
                Duration.between(oldest, now));
    }

    /// Closes the source. A refresh in progress ends without a report.
    @Override
    public void close() {
        closed = true;
        source.close();
    }

    /// The types of key and answer go together: offices for offices, cards for relations.
    @SuppressWarnings("unchecked")
    private <T> Lookup<T> get(CacheKey key, Supplier<Lookup<T>> load) {
        var future = entries.get(key, (_, _) -> loading(key, load, new LastKnown.Unknown()));
        var entry = future.join();
        if (!isUsable(entry, time.instant())) {
            future = reloading(key, future, entry.known(), load);
            entry = future.join();
        }
        hits.increment();
        if (isDue(entry, time.instant())) {
            refresh(key, future, entry, load);
        }
        if (entry.askedAt().isAfter(entry.loadedAt())) {
            stale.increment();
        }
        return (Lookup<T>) entry.lookup();
    }

    /// The first to replace it makes the others wait for the same load. What comes of that counts in any case.
    @SuppressWarnings("ReferenceEquality") // That same load, not one like it.
    private <T> CompletableFuture<Entry> reloading(CacheKey key, CompletableFuture<Entry> old, LastKnown known, Supplier<Lookup<T>> load) {
        return entries.asMap().compute(
                key, (_, now) -> now == null || now == old ? loading(key, load, known) : now);
    }

    private <T> CompletableFuture<Entry> loading(CacheKey key, Supplier<Lookup<T>> load, LastKnown known) {
        return CompletableFuture.supplyAsync(() -> first(key, load, known), loaders);
    }

    private boolean isUsable(Entry entry, Instant now) {
        var until = switch (entry.lookup()) {
            case Lookup.Found<?> _ -> times.staleFor();
            case Lookup.Missing<?> _ -> times.missingFor();
            case Lookup.Failed<?> _ -> FAILURE_PAUSE;
        };
        return !entry.isEvicted() && now.isBefore(entry.loadedAt().plus(until));
    }

    private boolean isDue(Entry entry, Instant now) {
        return entry.lookup() instanceof Lookup.Found<?>
                && !now.isBefore(entry.loadedAt().plus(times.freshFor()))
                && (entry.askedAt().equals(entry.loadedAt()) || !now.isBefore(entry.askedAt().plus(FAILURE_PAUSE)));
    }

    private <T> Entry first(CacheKey key, Supplier<Lookup<T>> load, LastKnown known) {
        var loaded = load(key, load, known);
        return new Entry(loaded.lookup(), time.instant(), loaded.known());
    }

    private <T> void refresh(CacheKey key, CompletableFuture<Entry> place, Entry old, Supplier<Lookup<T>> load) {
        if (closed || !old.refreshing().compareAndSet(false, true)) {
            return;
        }
        loaders.execute(() -> {
            var loaded = load(key, load, old.known());
            var now = time.instant();
            var next = loaded.lookup() instanceof Lookup.Failed<T>
                    ? old.failedAgain(now, loaded.known())
                    : new Entry(loaded.lookup(), now, loaded.known());
            // Not when it was evicted meanwhile, whether or not it was loaded again: this answer may be the older one.
            entries.asMap().replace(key, place, CompletableFuture.completedFuture(next));
        });
    }

    private <T> LastKnown.Judged<T> load(CacheKey key, Supplier<Lookup<T>> load, LastKnown known) {
        loads.increment();
        LastKnown.Judged<T> loaded = known.judge(ask(load), time.instant());
        if (closed) {
            return loaded;
        }
        switch (loaded.lookup()) {
            case Lookup.Found<T> _ -> {}
            case Lookup.Failed<T> failed -> {
                failures.increment();
                trouble.loadFailed(key.office(), source.name() + ": " + failed.why());
            }
            case Lookup.Missing<T> _ when known instanceof LastKnown.Unknown -> {}
            case Lookup.Missing<T> _ -> trouble.isGone(key.office(), key.client());
        }
        return loaded;
    }

    /// A source that throws has a bug; it must not leave a letter without an answer.
    private <T> Lookup<T> ask(Supplier<Lookup<T>> load) {
        try {
            return load.get();
        } catch (RuntimeException bug) {
            LOG.error("settings source {} failed", source.name(), bug);
            return new Lookup.Unavailable<>("internal error");
        }
    }

    private static int weight(Lookup<?> lookup) {
        return switch (lookup) {
            case Lookup.Found<?>(OfficeSettings office, _) -> 4 + office.users().size() + office.contexts().size();
            case Lookup.Found<?>(RelationCard card, _) ->
                2 + card.roles().values().stream().mapToInt(people -> people.size()).sum() + (card.name().isEmpty() ? 0 : 1);
            case Lookup.Found<?> other -> 1;
            case Lookup.Missing<?> _ -> 1;
            case Lookup.Failed<?> _ -> 1;
        };
    }
}
