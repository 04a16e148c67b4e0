package facteur.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Relays with apps that send all the time and an upstream that counts; one fault after another, with calm between. For one thread.
final class FaultBed {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int APPS_EACH = 2;
    private static final int READY_WITHIN_SECONDS = 90;
    private static final int QUIET_SECONDS = 240;

    private final String name;
    private final List<FaultedRelay> relays;
    private final List<Fault.Source> faults;
    private final CrashLedger ledger;
    private final int most;
    private final AtomicInteger next = new AtomicInteger();
    private final RandomGenerator random;
    private final List<String> unwell = new ArrayList<>();
    private int begun;

    /// @param most letters; the ledger has as many entries
    FaultBed(String name, List<FaultedRelay> relays, List<Fault.Source> faults, CrashLedger ledger, int most, RandomGenerator random) {
        this.name = name;
        this.relays = relays;
        this.faults = faults;
        this.ledger = ledger;
        this.most = most;
        this.random = random;
    }

    /// @return whether no letter was lost or damaged, and nothing needed a restart
    boolean run(Duration length) throws IOException, InterruptedException, SQLException, ExecutionException {
        var end = System.nanoTime() + length.toNanos();
        awaitReady("the start");
        int sent;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var apps = new ArrayList<Future<?>>();
            for (var i = 0; i < relays.size() * APPS_EACH; i++) {
                var relay = relays.get(i % relays.size());
                apps.add(threads.submit(() -> {
                    try (var app = new CrashApp(next, most, ledger, relay::port, PAUSE)) {
                        app.sendAll();
                    }
                    return most;
                }));
            }
            while (System.nanoTime() < end) {
                endure(faults.get(begun % faults.size()).next(random));
            }
            sent = next.getAndSet(most);
            for (var app : apps) {
                app.get();
            }
        }
        awaitArrivals();
        return print(sent);
    }

    private void endure(Fault fault) throws IOException, InterruptedException, SQLException {
        begun++;
        System.out.printf("%s: %s for %d s, %,d acknowledged%n", name, fault.name(), fault.seconds(), ledger.acknowledged());
        fault.begin().run();
        Thread.sleep(Duration.ofSeconds(fault.seconds()));
        fault.end().run();
        awaitReady(fault.name());
        Thread.sleep(Duration.ofSeconds(5 + random.nextInt(10)));
    }

    private void awaitReady(String after) throws InterruptedException {
        for (var relay : relays) {
            var waited = 0;
            while (!relay.isReady() && waited < READY_WITHIN_SECONDS) {
                Thread.sleep(1000);
                waited++;
            }
            if (waited == READY_WITHIN_SECONDS || !relay.isAlive()) {
                unwell.add(after);
                System.out.printf("%s: not ready %d s after %s%n", name, waited, after);
            }
        }
    }

    /// Until all have arrived, or for long none has.
    private void awaitArrivals() throws InterruptedException {
        var missing = ledger.sums().missing();
        for (var quiet = 0; missing > 0 && quiet < QUIET_SECONDS; quiet++) {
            Thread.sleep(1000);
            var left = ledger.sums().missing();
            quiet = left < missing ? 0 : quiet;
            missing = left;
        }
        Thread.sleep(5000);
    }

    private boolean print(int sent) {
        var sums = ledger.sums();
        print("faults", begun);
        print("acknowledged", sums.acknowledged());
        print("  lost", sums.missing());
        print("refused", sums.refused());
        print("no reply", sent - sums.acknowledged() - sums.refused());
        print("second copies", (long) sums.doubted() + sums.unexplained());
        print("damaged", sums.damaged());
        print("not ready again", unwell.size());
        System.out.println(name + ": more than one copy of " + ledger.twice());
        return sums.missing() == 0 && sums.damaged() == 0 && unwell.isEmpty();
    }

    private void print(String what, long count) {
        System.out.printf("%-8s %-20s %,10d%n", name, what, count);
    }
}
