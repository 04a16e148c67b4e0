package facteur.bench;

import facteur.fixture.PostgresServer;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/// Whether a letter that got a 250 arrives while the world around the relay is odd: the clock steps, files can't be read, descriptors
/// and disk run out, the log isn't read, the upstream is away; and, for two nodes on one PostgreSQL, connections are cut, the
/// server is restarted, a node is frozen. One relay on SQLite and the two nodes run beside each other. Exits with 1 when a
/// letter was lost or damaged, or a relay wasn't ready again by itself. Needs root (mounts, users) and a C compiler.
final class FaultHarness {
    private static final int PER_MINUTE = 1000;
    private static final List<Duration> SHIFTS = List.of(
            Duration.ofHours(2), Duration.ofHours(-2), Duration.ofDays(6), Duration.ofDays(-3), Duration.ofSeconds(90), Duration.ofSeconds(-90));
    private static final String COMMON = "delivery: { retry: [5s] }\n";

    private final Path place;
    private final Duration length;
    private final RandomGenerator random;

    private FaultHarness(Path place, Duration length, RandomGenerator random) {
        this.place = place;
        this.length = length;
        this.random = random;
    }

    /// @param arguments minutes; a seed for what happens when
    public static void main(String[] arguments) throws Exception {
        var place = Files.createTempDirectory(Files.createDirectories(Path.of("target")).toAbsolutePath(), "faults-");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.out.printf("%s minutes, seed %s, in %s%n", arguments[0], arguments[1], place);
        var length = Duration.ofMinutes(Long.parseLong(arguments[0]));
        var seeds = new SplittableRandom(Long.parseLong(arguments[1]));
        boolean isSound;
        try (var beds = Executors.newFixedThreadPool(2)) {
            var alone = new FaultHarness(place, length, seeds.split());
            var pair = new FaultHarness(place, length, seeds.split());
            var first = beds.submit(alone::alone);
            var second = beds.submit(pair::pair);
            // Both have to end.
            var isFirstSound = first.get();
            isSound = second.get() && isFirstSound;
        }
        System.out.println(isSound ? "sound" : "FAILED; the logs are in " + place);
        System.exit(isSound ? 0 : 1);
    }

    private int letters() {
        return (int) length.toMinutes() * PER_MINUTE;
    }

    private boolean alone() throws Exception {
        var ledger = new CrashLedger(letters());
        try (var sink = new CrashSink(ledger)) {
            var disk = FaultedRelay.disk(place.resolve("alone"), "160m");
            var folder = new RelayFolder(disk)
                    .office("dupont", RelayFolder.DUPONT)
                    .relayingTo(sink.port(), COMMON + "spool: { free-space: 32MB }\nsettings: { fresh-for: 1s }\n");
            try (var relay = FaultedRelay.start(disk, folder, place.resolve("alone.log"))) {
                var faults = List.<Fault.Source>of(
                        any -> shifted(relay, sink, any),
                        any -> new Fault("an office file that can't be read", any.nextInt(5, 15),
                                () -> relay.office(RelayFolder.DUPONT + "# another\n", "---------"),
                                () -> relay.office(RelayFolder.DUPONT, "rw-r--r--")),
                        any -> new Fault("no descriptors", any.nextInt(5, 25), relay::crowd, relay::disperse),
                        any -> new Fault("a full disk", any.nextInt(5, 25), relay::fillDisk, relay::emptyDisk),
                        any -> new Fault("a broken office file", any.nextInt(5, 15),
                                () -> relay.office("company: [", "rw-r--r--"),
                                () -> relay.office(RelayFolder.DUPONT, "rw-r--r--")),
                        any -> new Fault("a log that isn't read", any.nextInt(10, 40), () -> relay.deaf(true), () -> relay.deaf(false)),
                        any -> fullAndAway(relay, sink, any));
                var isSound = new FaultBed("sqlite", List.of(relay), faults, ledger, letters(), random).run(length);
                return relay.stop() == 143 && isSound;
            }
        }
    }

    private static Fault shifted(FaultedRelay relay, CrashSink sink, RandomGenerator random) {
        var offset = SHIFTS.get(random.nextInt(SHIFTS.size()));
        var isAway = random.nextBoolean();
        return new Fault("a clock shifted by " + offset + (isAway ? ", the upstream away" : ""), random.nextInt(5, 25),
                () -> {
                    sink.away(isAway);
                    relay.shift(offset);
                },
                () -> {
                    relay.shift(Duration.ZERO);
                    sink.away(false);
                });
    }

    private static Fault fullAndAway(FaultedRelay relay, CrashSink sink, RandomGenerator random) {
        return new Fault("a full disk, then an upstream that is back before there is room", random.nextInt(10, 20),
                () -> {
                    sink.away(true);
                    Thread.sleep(5000);
                    relay.fillDisk();
                    sink.away(false);
                },
                relay::emptyDisk);
    }

    private boolean pair() throws Exception {
        var ledger = new CrashLedger(letters());
        try (var server = PostgresServer.start(place.resolve("postgres"));
                var sink = new CrashSink(ledger)) {
            var url = server.schema("faults");
            try (var one = node("one", sink, url);
                    var other = node("other", sink, url)) {
                var faults = List.<Fault.Source>of(
                        any -> new Fault("connections cut", any.nextInt(2, 10), () -> cut(server), () -> cut(server)),
                        any -> new Fault("PostgreSQL away", any.nextInt(3) == 0 ? 160 : any.nextInt(5, 30),
                                server::stopImmediately, server::startAgain),
                        any -> new Fault("a node frozen", any.nextInt(3) == 0 ? 160 : any.nextInt(5, 30), one::freeze, one::thaw),
                        any -> shifted(other, sink, any),
                        any -> new Fault("no descriptors", any.nextInt(5, 25), other::crowd, other::disperse));
                var isSound = new FaultBed("nodes", List.of(one, other), faults, ledger, letters(), random).run(length);
                var ends = List.of(one.stop(), other.stop());
                return ends.equals(List.of(143, 143)) && isSound;
            }
        }
    }

    private FaultedRelay node(String name, CrashSink sink, String url) throws IOException, InterruptedException {
        var disk = FaultedRelay.disk(place.resolve(name), "160m");
        var folder = new RelayFolder(disk)
                .office("dupont", RelayFolder.DUPONT)
                .relayingTo(sink.port(), COMMON + "spool: { url: \"" + url + "\", user: postgres, free-space: 32MB }\n");
        return FaultedRelay.start(disk, folder, place.resolve(name + ".log"));
    }

    private static void cut(PostgresServer server) throws java.sql.SQLException, InterruptedException {
        for (var i = 0; i < 10; i++) {
            server.run("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'");
            Thread.sleep(200);
        }
    }
}
