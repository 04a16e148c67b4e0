package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class SettingsCacheTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final OfficeId DURAND = new OfficeId("durand");
    private static final RelationId R1 = new RelationId("R-1");
    private static final CacheTimes TIMES =
            new CacheTimes(Duration.ofSeconds(60), Duration.ofHours(24), Duration.ofSeconds(10), 1_000);

    private final TestTime time = new TestTime();
    private final AtomicInteger loads = new AtomicInteger();
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<String> gone = new CopyOnWriteArrayList<>();
    private volatile Supplier<Lookup<OfficeSettings>> offices = () -> found("1");
    private volatile Supplier<Lookup<RelationCard>> cards = Lookup.Missing::new;

    private final SettingsSource source = new SettingsSource() {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public Lookup<OfficeSettings> office(OfficeId office) {
            loads.incrementAndGet();
            return offices.get();
        }

        @Override
        public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
            loads.incrementAndGet();
            return cards.get();
        }

        @Override
        public void close() {}
    };

    private final class Reports implements SettingsCache.Trouble {
        @Override
        public void loadFailed(OfficeId office, String why) {
            trouble.add(why);
        }

        @Override
        public void isGone(OfficeId office, Optional<RelationId> relation) {
            gone.add(office + relation.map(id -> " " + id).orElse(""));
        }
    }

    /// Refreshes run at once, on the caller's thread.
    private final SettingsCache cache = new SettingsCache(source, TIMES, time, Runnable::run, new Reports());

    @Test
    void asksOnceWhileFresh() {
        assertThat(version()).isEqualTo("1");
        offices = () -> found("2");
        time.advance(Duration.ofSeconds(59));
        assertThat(version()).isEqualTo("1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void givesTheOldAnswerWhileItFetchesTheNew() {
        assertThat(version()).isEqualTo("1");
        offices = () -> found("2");
        time.advance(Duration.ofSeconds(60));
        assertThat(version()).isEqualTo("1");
        assertThat(version()).isEqualTo("2");
        assertThat(loads).hasValue(2);
    }

    @Test
    void givesTheOldAnswerWhileTheSourceIsDown() {
        assertThat(version()).isEqualTo("1");
        offices = () -> new Lookup.Unavailable<>("down");
        time.advance(Duration.ofHours(23));
        assertThat(version()).isEqualTo("1");
        assertThat(version()).isEqualTo("1");
        assertThat(cache.statistics().stale()).isEqualTo(1);
        assertThat(cache.statistics().failures()).isEqualTo(1);
        assertThat(found(cache.office(DUPONT)).loadedAt()).isEqualTo(TestTime.START);

        time.advance(Duration.ofHours(1));
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Unavailable<>("down"));
        offices = () -> found("2");
        time.advance(Duration.ofSeconds(1));
        assertThat(version()).isEqualTo("2");
    }

    @Test
    void givesTheOldAnswerWhileTheNewOneIsWrong() {
        assertThat(version()).isEqualTo("1");
        offices = () -> new Lookup.Unusable<>("no company");
        time.advance(Duration.ofMinutes(5));
        assertThat(version()).isEqualTo("1");
        assertThat(version()).isEqualTo("1");
        time.advance(Duration.ofHours(24));
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Unusable<>("no company"));
    }

    @Test
    void comesBackWhenTheSourceDoes() {
        assertThat(version()).isEqualTo("1");
        offices = () -> new Lookup.Unavailable<>("down");
        time.advance(Duration.ofMinutes(5));
        assertThat(version()).isEqualTo("1");
        offices = () -> found("2");
        assertThat(version()).isEqualTo("1");
        time.advance(Duration.ofSeconds(1));
        assertThat(version()).isEqualTo("1");
        assertThat(version()).isEqualTo("2");
    }

    @Test
    void withNothingCachedAFailureIsReportedAndNotHammered() {
        offices = () -> new Lookup.Unavailable<>("down");
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Unavailable<>("down"));
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Unavailable<>("down"));
        assertThat(loads).hasValue(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Unavailable<>("down"));
        assertThat(loads).hasValue(2);
    }

    @Test
    void believesForAWhileThatThereIsNone() {
        assertThat(cache.relation(DUPONT, R1)).isEqualTo(new Lookup.Missing<>());
        cards = () -> new Lookup.Found<>(new RelationCard(Map.of()), time.instant());
        time.advance(Duration.ofSeconds(9));
        assertThat(cache.relation(DUPONT, R1)).isEqualTo(new Lookup.Missing<>());
        time.advance(Duration.ofSeconds(1));
        assertThat(cache.relation(DUPONT, R1)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void anOfficeThatWasTakenAwayIsGoneAfterTheRefresh() {
        assertThat(version()).isEqualTo("1");
        offices = Lookup.Missing::new;
        time.advance(Duration.ofSeconds(60));
        assertThat(version()).isEqualTo("1");
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void keepsOfficesApart() {
        cards = () -> new Lookup.Found<>(new RelationCard(Map.of(Role.PARTNER, List.of(mailbox("a@d.example")))), time.instant());
        var first = cache.relation(DUPONT, R1);
        cards = Lookup.Missing::new;
        assertThat(cache.relation(DURAND, R1)).isEqualTo(new Lookup.Missing<>());
        assertThat(cache.relation(DUPONT, R1)).isEqualTo(first);
    }

    @Test
    void evictsOneOfficeOrAll() {
        version();
        cache.relation(DUPONT, R1);
        cache.office(DURAND);
        assertThat(loads).hasValue(3);
        assertThat(cache.evict(DUPONT)).isEqualTo(2);
        version();
        cache.relation(DUPONT, R1);
        cache.office(DURAND);
        assertThat(loads).hasValue(5);
        assertThat(cache.evictAll()).isEqualTo(3);
        assertThat(cache.evictAll()).isZero();
        cache.office(DURAND);
        assertThat(loads).hasValue(6);
    }

    @Test
    void reportsTheAgeOfTheOldestAnswerThatCounts() {
        assertThat(cache.statistics().oldestAge()).isZero();
        cache.relation(DUPONT, R1);
        time.advance(Duration.ofSeconds(5));
        assertThat(cache.statistics().oldestAge()).isZero();
        version();
        time.advance(Duration.ofSeconds(7));
        cache.office(DURAND);
        assertThat(cache.statistics().oldestAge()).isEqualTo(Duration.ofSeconds(7));
        cache.evict(DUPONT);
        assertThat(cache.statistics().oldestAge()).isZero();
        time.advance(Duration.ofHours(23));
        assertThat(cache.statistics().oldestAge()).isEqualTo(Duration.ofHours(23));
        time.advance(Duration.ofHours(1));
        assertThat(cache.statistics().oldestAge()).isZero();
    }

    @Test
    void countsWhatItDid() {
        version();
        version();
        offices = () -> new Lookup.Unavailable<>("down");
        time.advance(Duration.ofSeconds(60));
        version();
        version();
        version();
        assertThat(cache.statistics()).isEqualTo(new SettingsCache.Statistics(5, 2, 1, 2, 1, Duration.ofSeconds(60)));
    }

    @Test
    void reportsAFailureOncePerLoad() {
        version();
        offices = () -> new Lookup.Unavailable<>("down");
        time.advance(Duration.ofSeconds(60));
        version();
        version();
        version();
        assertThat(trouble).containsExactly("test: down");
        cache.office(DURAND);
        cache.office(DURAND);
        assertThat(trouble).containsExactly("test: down", "test: down");
    }

    @Test
    void aRefreshThatEndsAfterAnEvictionBringsNothingBack() {
        var tasks = new ArrayDeque<Runnable>();
        var inline = new AtomicBoolean(true);
        var slow = new SettingsCache(
                source, TIMES, time, task -> {
                    if (inline.get()) {
                        task.run();
                    } else {
                        tasks.add(task);
                    }
                }, new Reports());
        assertThat(version(slow)).isEqualTo("1");
        time.advance(Duration.ofSeconds(60));
        inline.set(false);
        assertThat(version(slow)).isEqualTo("1");
        assertThat(tasks).hasSize(1);
        inline.set(true);

        slow.evictAll();
        offices = () -> found("3");
        assertThat(version(slow)).isEqualTo("3");
        offices = () -> found("2");
        tasks.remove().run();
        assertThat(version(slow)).isEqualTo("3");
    }

    @Test
    void reportsOnceThatSomethingKnownIsGone() {
        cards = () -> new Lookup.Found<>(RelationCard.EMPTY, time.instant());
        version();
        cache.relation(DUPONT, R1);
        offices = Lookup.Missing::new;
        cards = Lookup.Missing::new;
        time.advance(Duration.ofSeconds(60));
        for (var i = 0; i < 3; i++) {
            cache.office(DUPONT);
            cache.relation(DUPONT, R1);
            cache.office(DURAND);
        }
        assertThat(gone).containsExactly("dupont", "dupont R-1");
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void reportsThatSomethingIsGoneAlsoAfterAnEviction() {
        version();
        assertThat(cache.evictAll()).isEqualTo(1);
        offices = Lookup.Missing::new;
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
        assertThat(gone).containsExactly("dupont");
    }

    private static <T> Lookup<T> uncertain() {
        return new Lookup.Missing<>(Lookup.Certainty.UNCERTAIN);
    }

    @Test
    void anUncertainNoCountsForWhatIsKnownOnlyWhenItStandsForAMinute() {
        cards = () -> new Lookup.Found<>(RelationCard.EMPTY, time.instant());
        version();
        cache.relation(DUPONT, R1);
        offices = SettingsCacheTest::uncertain;
        cards = SettingsCacheTest::uncertain;
        time.advance(Duration.ofSeconds(60));
        for (var second = 0; second < 60; second++) {
            assertThat(version()).isEqualTo("1");
            assertThat(cache.relation(DUPONT, R1)).isInstanceOf(Lookup.Found.class);
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(gone).isEmpty();
        assertThat(trouble).hasSizeGreaterThan(2).allMatch(why -> why.contains("gone, says an answer that"));
        version();
        cache.relation(DUPONT, R1);
        assertThat(gone).containsExactly("dupont", "dupont R-1");
        assertThat(cache.office(DUPONT)).isEqualTo(uncertain());
        assertThat(cache.relation(DUPONT, R1)).isEqualTo(uncertain());
    }

    @Test
    void aGoodAnswerEndsTheDoubt() {
        version();
        offices = SettingsCacheTest::uncertain;
        time.advance(Duration.ofSeconds(60));
        version();
        offices = () -> found("2");
        time.advance(Duration.ofSeconds(30));
        version();
        offices = SettingsCacheTest::uncertain;
        time.advance(Duration.ofSeconds(60));
        version();
        assertThat(version()).isEqualTo("2");
        assertThat(gone).isEmpty();
    }

    @Test
    void anUncertainNoAfterAnEvictionMakesWhatIsKnownWait() {
        version();
        cache.evictAll();
        offices = SettingsCacheTest::uncertain;
        assertThat(cache.office(DUPONT)).isInstanceOf(Lookup.Unavailable.class);
        time.advance(Duration.ofSeconds(59));
        cache.evictAll();
        assertThat(cache.office(DUPONT)).isInstanceOf(Lookup.Unavailable.class);
        time.advance(Duration.ofSeconds(1));
        assertThat(cache.office(DUPONT)).isEqualTo(uncertain());
        assertThat(gone).containsExactly("dupont");
    }

    @Test
    void anUncertainNoCountsAtOnceForWhatWasNeverKnown() {
        offices = SettingsCacheTest::uncertain;
        assertThat(cache.office(DUPONT)).isEqualTo(uncertain());
        assertThat(trouble).isEmpty();
        assertThat(gone).isEmpty();
    }

    @Test
    void aFailureAfterTheCloseIsNotReported() {
        version();
        offices = () -> new Lookup.Unavailable<>("closed");
        cache.close();
        cache.evictAll();
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Unavailable<>("closed"));
        assertThat(trouble).isEmpty();
    }

    @Test
    void cachesNothingForNoTimeAndStillAnswers() {
        var forgetful = new SettingsCache(source, new CacheTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1_000), time, Runnable::run, (_, _) -> {});
        assertThat(found(forgetful.office(DUPONT)).value().version()).isEqualTo("1");
        assertThat(forgetful.relation(DUPONT, R1)).isEqualTo(new Lookup.Missing<>());
        assertThat(loads.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void isBounded() {
        for (var i = 0; i < 5_000; i++) {
            cache.relation(DUPONT, new RelationId("R-" + i));
        }
        assertThat(cache.statistics().entries()).isLessThanOrEqualTo(TIMES.weight());
    }

    @Test
    void aSourceThatThrowsIsUnavailable() {
        offices = () -> {
            throw new IllegalStateException("a bug");
        };
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Unavailable<>("internal error"));
    }

    @Test
    void loadsAKeyOnceUnderAStampede() throws InterruptedException {
        var release = new CountDownLatch(1);
        offices = () -> {
            await(release);
            return found("1");
        };
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var stampeded = new SettingsCache(source, TIMES, time, executor, new Reports());
            var arrived = new CountDownLatch(200);
            for (var i = 0; i < 200; i++) {
                executor.execute(() -> {
                    arrived.countDown();
                    assertThat(stampeded.office(DUPONT)).isInstanceOf(Lookup.Found.class);
                });
            }
            arrived.await();
            release.countDown();
        }
        assertThat(loads).hasValue(1);
    }

    private String version() {
        return version(cache);
    }

    private static String version(SettingsCache cache) {
        return found(cache.office(DUPONT)).value().version();
    }

    private static Lookup.Found<OfficeSettings> found(Lookup<OfficeSettings> lookup) {
        return (Lookup.Found<OfficeSettings>) lookup;
    }

    private Lookup<OfficeSettings> found(String version) {
        var office = new OfficeSettings(
                DUPONT, version, mailbox("o@d.example"), Optional.empty(), new ReplyTo.ToCompany(), Map.of(), List.of(), Sandbox.OFF, WhenUnverified.FALLBACK);
        return new Lookup.Found<>(office, time.instant());
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
