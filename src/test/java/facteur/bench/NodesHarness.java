package facteur.bench;

import facteur.fixture.CutLink;
import facteur.fixture.Folders;
import facteur.fixture.PackagedRelay;
import facteur.fixture.PostgresServer;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Whether each letter leaves once when nodes on one PostgreSQL lose sight of it, or of time, during attempts: a node is cut
/// off from the database, the database is away for all, or a node stands still (SIGSTOP), and then all is well again. Exits with 1 when a
/// letter was lost, or left twice.
///
/// The upstream takes its time with each letter, so that many are between the final dot and the verdict when it happens.
final class NodesHarness {
    private enum Fault {
        /// The first node, which has all letters, doesn't reach the database.
        PARTITION,
        /// No node does; each has its share of the letters.
        OUTAGE,
        /// The first node, which has all letters, stands still.
        FROZEN
    }

    private record Plan(Fault fault, int rounds, int nodes, int letters, int leaseSeconds, int faultSeconds, Duration pause) {}

    private static final int CONNECTIONS = 10;

    private final Plan plan;
    private final PostgresServer server;
    private final Path place;
    private final int round;
    private final CrashLedger ledger;
    private final List<PackagedRelay> relays = new ArrayList<>();

    private NodesHarness(Plan plan, PostgresServer server, Path place, int round) {
        this.plan = plan;
        this.server = server;
        this.place = place;
        this.round = round;
        ledger = new CrashLedger(plan.letters());
    }

    /// @param arguments `partition`, `outage` or `frozen`; how many rounds, nodes and letters; the seconds of a lease (0: as it is by
    ///     default) and of the fault; and the milliseconds that the upstream takes for a letter
    public static void main(String[] arguments) throws Exception {
        var plan = new Plan(
                Fault.valueOf(arguments[0].toUpperCase(Locale.ROOT)),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Duration.ofMillis(Long.parseLong(arguments[6])));
        System.out.println(plan);
        var place = Files.createTempDirectory(Files.createDirectories(Path.of("target")).toAbsolutePath(), "nodes-");
        var isSound = true;
        try (var server = PostgresServer.start(place.resolve("postgres"))) {
            for (var round = 1; round <= plan.rounds(); round++) {
                isSound &= new NodesHarness(plan, server, place.resolve("round" + round), round).run();
            }
        }
        if (isSound) {
            Folders.delete(place);
        } else {
            System.out.println("FAILED; what the nodes left is in " + place);
            System.exit(1);
        }
    }

    private boolean run() throws Exception {
        var schema = "round" + round;
        var direct = server.schema(schema);
        try (var link = CutLink.to(server.port());
                var sink = new CrashSink(ledger, plan.pause())) {
            for (var node = 0; node < plan.nodes(); node++) {
                var url = node == 0 ? PostgresServer.url(schema, link.port()) : direct;
                relays.add(PackagedRelay.run(folder(node, sink.port(), url).config()));
            }
            sendAll();
            Thread.sleep(1000);
            var start = System.nanoTime();
            happen(link);
            awaitEmpty(schema);
            var millis = (System.nanoTime() - start) / 1_000_000;
            // Second copies, if there are any, are on their way too.
            Thread.sleep(plan.pause().plusSeconds(3));
            return print(millis);
        } finally {
            for (var relay : relays) {
                relay.stop();
            }
        }
    }

    private RelayFolder folder(int node, int sinkPort, String url) throws IOException {
        return new RelayFolder(place.resolve("node" + node))
                .office("dupont", RelayFolder.DUPONT)
                .relayingTo(sinkPort, "delivery: { retry: [1s] }\nspool: { url: \"" + url + "\", user: postgres, timeout: 2s"
                        + (plan.leaseSeconds() == 0 ? "" : ", lease: " + plan.leaseSeconds() + "s") + " }\n")
                .edited("end-of-data: 5s", "end-of-data: 5m");
    }

    private void sendAll() throws Exception {
        var next = new AtomicInteger();
        var nodes = plan.fault() == Fault.OUTAGE ? plan.nodes() : 1;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var apps = new ArrayList<Future<?>>();
            for (var i = 0; i < CONNECTIONS; i++) {
                var relay = relays.get(i % nodes);
                apps.add(threads.submit(() -> {
                    try (var app = new CrashApp(next, plan.letters(), ledger, () -> OptionalInt.of(relay.port()), Duration.ZERO)) {
                        app.sendAll();
                    }
                    return next;
                }));
            }
            for (var app : apps) {
                app.get();
            }
        }
    }

    private void happen(CutLink link) throws Exception {
        switch (plan.fault()) {
            case PARTITION -> {
                link.cut();
                Thread.sleep(Duration.ofSeconds(plan.faultSeconds()));
                link.restore();
            }
            case OUTAGE -> {
                server.stopImmediately();
                Thread.sleep(Duration.ofSeconds(plan.faultSeconds()));
                server.startAgain();
            }
            case FROZEN -> {
                signal("STOP");
                Thread.sleep(Duration.ofSeconds(plan.faultSeconds()));
                signal("CONT");
            }
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        var pid = Long.toString(relays.getFirst().pid());
        if (new ProcessBuilder("kill", "-" + name, pid).start().waitFor() != 0) {
            throw new IOException("no process " + pid);
        }
    }

    private void awaitEmpty(String schema) throws SQLException, InterruptedException {
        var patience = System.nanoTime() + Duration.ofMinutes(15).toNanos();
        while (server.count("select count(*) from " + schema + ".queue") > 0 && System.nanoTime() < patience) {
            Thread.sleep(500);
        }
    }

    private boolean print(long millis) {
        var sums = ledger.sums();
        var second = sums.doubted() + sums.unexplained();
        System.out.printf(
                "round %2d: acknowledged %d, lost %d, second copies %d, damaged %d; nodes taken over %d, leases lost %d, outages told %d, settled after %,d ms%n",
                round,
                sums.acknowledged(),
                sums.missing(),
                second,
                sums.damaged(),
                said("event=node-taken-over"),
                said("event=lease-lost"),
                said("event=database-failed"),
                millis);
        return sums.isSound() && second == 0 && sums.acknowledged() == plan.letters();
    }

    private int said(String text) {
        return relays.stream()
                .mapToInt(relay -> Math.toIntExact(Pattern.compile(text, Pattern.LITERAL).matcher(relay.said()).results().count()))
                .sum();
    }
}
