package facteur.bench;

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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Whether a letter that got a 250 arrives, after any crash of the relay: many apps send numbered letters to the packaged
/// program, which is killed (`kill -9`) again and again at random moments and started again; in the end an upstream that
/// counts says which arrived, and how often. Exits with 1 when a letter was lost or damaged, or left twice without a reason.
///
/// The store of the spool is SQLite, or a PostgreSQL of our own with `fsync = on`, which is not killed. With a [LoopDisk], the power of the
/// relay's disk is cut before it is killed.
final class CrashHarness {
    private static final int QUIET_SECONDS = 60;
    private static final int MOST_MILLIS_AFTER = 50;

    private final int kills;
    private final int letters;
    private final int connections;
    private final RelayFolder folder;
    private final CrashLedger ledger;
    private final CrashSink sink;
    private final Optional<LoopDisk> disk;
    private volatile @Nullable PackagedRelay relay;

    private CrashHarness(int kills, int letters, int connections, RelayFolder folder, CrashLedger ledger, CrashSink sink, Optional<LoopDisk> disk) {
        this.kills = kills;
        this.letters = letters;
        this.connections = connections;
        this.folder = folder;
        this.ledger = ledger;
        this.sink = sink;
        this.disk = disk;
    }

    /// @param arguments how many kills, letters and connections; `sqlite` or `postgres`; what `delivery.accept` is; `kill` or `power-cut`
    public static void main(String[] arguments) throws Exception {
        var letters = Integer.parseInt(arguments[1]);
        var ledger = new CrashLedger(letters);
        var place = Files.createTempDirectory(Files.createDirectories(Path.of("target")).toAbsolutePath(), "crash-");
        boolean isSound;
        try (var server = server(arguments[3], place);
                var sink = new CrashSink(ledger);
                var disk = disk(arguments[5], place)) {
            var folder = new RelayFolder(disk == null ? place : disk.place())
                    .office("dupont", RelayFolder.DUPONT)
                    .relayingTo(sink.port(), "delivery: { retry: [1s], accept: " + arguments[4] + " }\n" + spool(server));
            System.out.printf("%s letters, %s connections, %s × %s, %s, %s%n", arguments[1], arguments[2], arguments[0], arguments[5], arguments[3],
                    arguments[4]);
            isSound = new CrashHarness(
                    Integer.parseInt(arguments[0]), letters, Integer.parseInt(arguments[2]), folder, ledger, sink, Optional.ofNullable(disk))
                    .run();
        }
        if (isSound) {
            Folders.delete(place);
        } else {
            System.out.println("FAILED; what the relay left is in " + place);
            System.exit(1);
        }
    }

    private static @Nullable PostgresServer server(String store, Path place) throws IOException {
        return switch (store) {
            case "sqlite" -> null;
            case "postgres" -> PostgresServer.start(place.resolve("postgres"));
            default -> throw new IllegalArgumentException("sqlite or postgres, not " + store);
        };
    }

    private static @Nullable LoopDisk disk(String crash, Path place) throws IOException, InterruptedException {
        return switch (crash) {
            case "kill" -> null;
            case "power-cut" -> LoopDisk.make(place);
            default -> throw new IllegalArgumentException("kill or power-cut, not " + crash);
        };
    }

    private static String spool(@Nullable PostgresServer server) throws SQLException {
        return server == null ? "" : "spool: { url: \"" + server.schema("crash") + "\", user: postgres }\n";
    }

    private boolean run() throws IOException, InterruptedException, ExecutionException {
        var start = System.nanoTime();
        var next = new AtomicInteger();
        if (disk.isPresent()) {
            disk.get().sync();
        }
        start(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var apps = new ArrayList<Future<?>>();
            for (var i = 0; i < connections; i++) {
                apps.add(threads.submit(() -> {
                    try (var app = new CrashApp(next, letters, ledger, this::port, Duration.ZERO)) {
                        app.sendAll();
                    }
                    return letters;
                }));
            }
            killAgainAndAgain(next);
            for (var app : apps) {
                app.get();
            }
        }
        awaitArrivals();
        var exit = Optional.ofNullable(relay).orElseThrow().stop();
        print(ledger.sums(), (System.nanoTime() - start) / 1_000_000_000);
        return ledger.sums().isSound() && exit == 143;
    }

    /// Each at a number of letters sent that is drawn before, and some milliseconds later.
    private void killAgainAndAgain(AtomicInteger next) throws IOException, InterruptedException {
        var random = RandomGenerator.getDefault();
        var moments = IntStream.range(0, kills).map(_ -> random.nextInt(letters)).sorted().toArray();
        for (var i = 0; i < kills; i++) {
            while (next.get() < moments[i]) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(MOST_MILLIS_AFTER));
            var old = Optional.ofNullable(relay).orElseThrow();
            relay = null;
            crash(old);
            start(i + 1);
        }
    }

    private void crash(PackagedRelay old) throws IOException, InterruptedException {
        disk.ifPresent(LoopDisk::cut);
        old.kill();
        if (disk.isPresent()) {
            disk.get().powerUp();
        }
    }

    private void start(int run) throws IOException {
        sink.enter(run);
        relay = PackagedRelay.run(folder.config());
    }

    private OptionalInt port() {
        var running = relay;
        return running == null ? OptionalInt.empty() : OptionalInt.of(running.port());
    }

    /// Until all have arrived, or for a minute none has.
    private void awaitArrivals() throws InterruptedException {
        var missing = ledger.sums().missing();
        for (var quiet = 0; missing > 0 && quiet < QUIET_SECONDS; quiet++) {
            Thread.sleep(1000);
            var left = ledger.sums().missing();
            quiet = left < missing ? 0 : quiet;
            missing = left;
        }
        // Second copies, if there are any, are on their way too.
        Thread.sleep(3000);
    }

    private void print(CrashLedger.Sums sums, long seconds) {
        print("kills", kills);
        print("seconds", seconds);
        print("acknowledged", sums.acknowledged());
        print("  lost", sums.missing());
        print("refused", sums.refused());
        print("no reply, killed", sums.unanswered());
        print("  arrived all the same", sums.unpromised());
        print("second copies, a kill between", sums.doubted());
        print("second copies, unexplained", sums.unexplained());
        print("damaged", sums.damaged());
    }

    private static void print(String what, long count) {
        System.out.printf("%-32s %,10d%n", what, count);
    }
}
