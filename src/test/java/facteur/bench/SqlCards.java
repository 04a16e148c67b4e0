package facteur.bench;

import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.settings.CacheTimes;
import facteur.settings.SettingsCache;
import facteur.settings.SqlSettings;
import facteur.settings.SqlSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// How many cards a second the cache gives over a database with a million of them, and whether the heap holds: the JVM is
/// to be started with a small one, and ends with an error when that isn't enough.
///
/// JMH doesn't fit: a card can be asked for the first time only once, and what is to be seen is the cache filling up.
final class SqlCards {
    private static final int THREADS = 200;
    private static final int CARDS = CardTables.OFFICES * CardTables.CARDS_OF_AN_OFFICE;
    private static final int WARM_CARDS = 10_000;

    /// Shares no divisor with the number of cards: so many ahead each time, every card comes once before one comes again.
    private static final long STEP = 611_953;

    private static final Address SHARED = Address.of("inbox@example.org");

    private final SettingsCache cache;

    private SqlCards(SettingsCache cache) {
        this.cache = cache;
    }

    /// @param arguments how much the cache keeps, as `settings.cached-people`
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException, ExecutionException {
        System.out.printf("loading %,d cards, %,d MB of heap%n", CARDS, Runtime.getRuntime().maxMemory() >> 20);
        try (var tables = new CardTables();
                var loaders = Executors.newVirtualThreadPerTaskExecutor();
                var source = new SqlSource(settings(tables), SHARED, Roles.DEFAULT, InstantSource.system());
                var cache = new SettingsCache(source, times(arguments[0]), InstantSource.system(), loaders, SqlCards::fail)) {
            new SqlCards(cache).measure();
        }
    }

    private static void fail(facteur.office.OfficeId office, String why) {
        System.err.println(why);
    }

    private static SqlSettings settings(CardTables tables) {
        var problems = new Problems();
        var settings = SqlSettings.from(ConfigFile.parse(tables.settings(), Path.of("sql"), problems));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.toString());
        }
        return settings;
    }

    private static CacheTimes times(String cachedPeople) {
        return new CacheTimes(Duration.ofSeconds(60), Duration.ofHours(24), Duration.ofSeconds(10), Long.parseLong(cachedPeople));
    }

    private void measure() throws InterruptedException, ExecutionException {
        System.out.printf("%-28s %12s %12s %12s %12s %10s%n", "", "lookups", "lookups/s", "selects", "cached", "heap MB");
        var next = new AtomicLong();
        measure("cold: each card once", Duration.ofSeconds(30), () -> next.getAndIncrement() * STEP % CARDS);
        // A full cache takes in only what is asked for more often than what it would drop.
        measure("warming up", Duration.ofSeconds(10), () -> ThreadLocalRandom.current().nextInt(WARM_CARDS));
        measure("warm: any of ten thousand", Duration.ofSeconds(10), () -> ThreadLocalRandom.current().nextInt(WARM_CARDS));
        measure("mixed: any of the million", Duration.ofSeconds(30), () -> ThreadLocalRandom.current().nextInt(CARDS));
    }

    private void measure(String name, Duration duration, LongSupplier cards) throws InterruptedException, ExecutionException {
        var lookups = new LongAdder();
        var loadsBefore = cache.statistics().loads();
        var start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = IntStream.range(0, THREADS)
                    .mapToObj(_ -> threads.submit(() -> {
                        while (System.nanoTime() - start < duration.toNanos()) {
                            look(cards.getAsLong());
                            lookups.increment();
                        }
                    }))
                    .toList();
            for (var thread : asking) {
                thread.get();
            }
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        var statistics = cache.statistics();
        System.out.printf(
                "%-28s %,12d %,12.0f %,12d %,12d %,10d%n",
                name, lookups.sum(), lookups.sum() / seconds, statistics.loads() - loadsBefore, statistics.entries(), heldMegabytes());
    }

    private void look(long card) {
        var office = new OfficeId("kantoor-" + card / CardTables.CARDS_OF_AN_OFFICE);
        var relation = new RelationId("D-" + card % CardTables.CARDS_OF_AN_OFFICE);
        var lookup = cache.relation(office, relation);
        if (!(lookup instanceof Lookup.Found<RelationCard>(var found, _)) || found.people(Role.PARTNER).size() != 1) {
            throw new AssertionError(relation + " of " + office + ": " + lookup);
        }
    }

    /// What is left in the heap when all that can go is gone.
    private static long heldMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}
