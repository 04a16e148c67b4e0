package facteur.settings;

import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A cache over a source whose answers a test sets.
abstract class SettingsCacheRig {
    static final OfficeId DUPONT = new OfficeId("dupont");
    static final OfficeId DURAND = new OfficeId("durand");
    static final RelationId R1 = new RelationId("R-1");
    static final CacheTimes TIMES =
            new CacheTimes(Duration.ofSeconds(60), Duration.ofHours(24), Duration.ofSeconds(10), 1_000);

    final TestTime time = new TestTime();
    final AtomicInteger loads = new AtomicInteger();
    final List<String> trouble = new CopyOnWriteArrayList<>();
    final List<String> gone = new CopyOnWriteArrayList<>();
    volatile Supplier<Lookup<OfficeSettings>> offices = () -> found("1");
    volatile Supplier<Lookup<RelationCard>> cards = Lookup.Missing::new;

    final SettingsSource source = new SettingsSource() {
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
        public RelationId form(RelationId relation) {
            return relation.composed();
        }

        @Override
        public void close() {}
    };

    final class Reports implements SettingsCache.Trouble {
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
    final SettingsCache cache = new SettingsCache(source, TIMES, time, Runnable::run, new Reports());

    String version() {
        return version(cache);
    }

    static String version(SettingsCache cache) {
        return found(cache.office(DUPONT)).value().version();
    }

    static Lookup.Found<OfficeSettings> found(Lookup<OfficeSettings> lookup) {
        return (Lookup.Found<OfficeSettings>) lookup;
    }

    Lookup<OfficeSettings> found(String version) {
        var office = new OfficeSettings(
                DUPONT, version, mailbox("o@d.example"), Optional.empty(), new ReplyTo.ToCompany(), Map.of(), List.of(), Sandbox.OFF,
                WhenUnverified.FALLBACK);
        return new Lookup.Found<>(office, time.instant());
    }

    static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
