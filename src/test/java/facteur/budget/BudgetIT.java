package facteur.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A letter of 4 KB through the packaged relay, from an app to an upstream, costs what `budget.properties` says: in octets
/// allocated, and in system calls.
final class BudgetIT {
    /// Without its second compiler, which spares some allocations as soon as it has got round to that code: on a busy
    /// machine later, or not at all.
    private static final Map<String, String> STEADY = Map.of("FACTEUR_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    /// The first letters load classes and settings, and open connections.
    private static final int FIRST_LETTERS = 60;

    private static final int LETTERS = 120;

    @TempDir
    private Path folder;

    @Test
    void aLetterAllocatesNoMoreThanItMay() throws Exception {
        try (var sink = new Sink();
                var relay = PackagedRelay.run(relays(sink).config(), STEADY);
                var load = new SerialLoad(relay.port(), relays(sink).state());
                var meter = new AllocationMeter(relay.pid())) {
            load.send(FIRST_LETTERS);
            var before = meter.bytes();
            load.send(LETTERS);
            judge(Map.of("allocated-bytes", aLetter(meter.bytes() - before)), "");
        }
    }

    @Test
    void aLetterAsksNoMoreOfTheKernelThanItMay() throws Exception {
        try (var sink = new Sink();
                var relay = PackagedRelay.run(relays(sink).config(), STEADY);
                var load = new SerialLoad(relay.port(), relays(sink).state())) {
            load.send(FIRST_LETTERS);
            var started = SystemCalls.Counting.of(relay.pid(), folder);
            assumeTrue(started.isPresent(), "no strace, or it may not trace");
            try (var counting = started.get()) {
                load.send(LETTERS);
                var calls = counting.stop();
                judge(
                        Map.of(
                                "stream-calls", aLetter(calls.stream()),
                                "file-calls", aLetter(calls.file()),
                                "syncs", aLetter(calls.sync())),
                        LETTERS + " letters made\n" + calls.table());
            }
        }
    }

    private RelayFolder relays(Sink sink) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("""
                upstreams: [{ name: sink, kind: smtp, address: "127.0.0.1:%d", tls: none }]
                """.formatted(sink.port()));
    }

    private static double aLetter(long count) {
        return (double) count / LETTERS;
    }

    private static void judge(Map<String, Double> costs, String more) throws IOException {
        var budget = Budget.read();
        new TreeMap<>(costs).forEach((name, cost) -> System.out.println("budget: " + budget.line(name, cost)));
        assertThat(budget.findings(costs)).as("what a letter costs; src/docs/performance.md, Budget\n%s", more).isEmpty();
    }
}
