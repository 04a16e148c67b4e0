package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.office.Lookup;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class SettingsCacheTest extends SettingsCacheRig {
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
    void evictsWhatOfAnOfficeHasChanged() {
        var composed = new RelationId("Caf\u00e9");
        var decomposed = new RelationId("Cafe\u0301");
        version();
        cache.relation(DUPONT, R1);
        cache.relation(DUPONT, decomposed);
        cache.relation(DUPONT, composed);
        cache.relation(DURAND, R1);
        assertThat(loads).hasValue(4);
        assertThat(cache.evictCard(DUPONT, composed)).isOne();
        assertThat(cache.evictCard(DUPONT, new RelationId("R-2"))).isZero();
        assertThat(cache.evictSettings(DUPONT)).isOne();
        assertThat(cache.evictCards(Set.of(DUPONT))).isOne();
        assertThat(cache.statistics().entries()).isOne();
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
        var forgetful =
                new SettingsCache(source, new CacheTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1_000), time, Runnable::run, (_, _) -> {});
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
}
