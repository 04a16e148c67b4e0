package facteur.bench;

import facteur.fixture.Folders;
import facteur.fixture.MemoryFolders;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.PostgresServer;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.json.JsonReader;
import facteur.settings.OfficeReader;
import facteur.store.Author;
import facteur.store.FeedWatch;
import facteur.store.Precondition;
import facteur.store.Store;
import facteur.store.StoreChange;
import facteur.store.StoreSource;
import facteur.store.Via;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// What the store costs a node: the question twice a second, a lookup that no cache answers, a save. Prints the time of each and
/// the processor time, PostgreSQL's own included.
public final class StoreCost {
    private static final int TICKS_PER_SECOND = 100;
    private static final String SERVERS = "select pid from pg_stat_activity where application_name = 'facteur'";
    private static final Address SHARED = Address.of("inbox@relay.example");

    private StoreCost() {}

    public static void main(String[] arguments) throws Exception {
        var folder = MemoryFolders.create("facteur-cost-");
        try (var database = MigratedDatabase.open(folder)) {
            measure(database);
        } finally {
            Folders.delete(folder);
        }
        var server = PostgresServer.lasting();
        var url = server.schema("cost");
        var section = ConfigFile.parse("url: \"" + url + "\"\nuser: postgres\nconnections: 4\n", Path.of("spool"), new Problems());
        try (var database = DatabaseSettings.from(section, Path.of("unused")).open()) {
            measure(database);
        }
    }

    private static void measure(Database database) throws Exception {
        var time = InstantSource.system();
        var store = new Store(database, () -> new OfficeReader(SHARED, Roles.DEFAULT), () -> Roles.DEFAULT, time);
        var office = new OfficeId("dupont");
        var author = new Author(Via.COMMAND, "root", "", "", "");
        var versions = List.of(
                JsonReader.read("{\"company\": \"Dupont <o@dupont.example>\"}"),
                JsonReader.read("{\"company\": \"Dupont <o@dupont.example>\", \"reply-to\": \"sender\"}"));
        var count = new int[1];
        print(database, "save", 1_000, () -> store.settings().put(office, versions.get(count[0]++ % 2), new Precondition.None(), author));
        var source = new StoreSource(database, SHARED, Roles.DEFAULT, time);
        print(database, "lookup", 10_000, () -> source.office(office));
        var watch = store.watch(new FeedWatch.Cache() {
            @Override
            public void evict(List<StoreChange> changes) {}

            @Override
            public void evictAll() {}
        });
        print(database, "question", 10_000, () -> {
            watch.run();
            return watch;
        });
    }

    private static void print(Database database, String what, int times, Callable<?> work) throws Exception {
        for (var i = 0; i < times; i++) {
            work.call();
        }
        var threads = ManagementFactory.getThreadMXBean();
        var servers = serverTicks(database);
        var cpu = threads.getCurrentThreadCpuTime();
        var wall = System.nanoTime();
        for (var i = 0; i < times; i++) {
            work.call();
        }
        wall = System.nanoTime() - wall;
        cpu = threads.getCurrentThreadCpuTime() - cpu + (serverTicks(database) - servers) * Duration.ofSeconds(1).toNanos() / TICKS_PER_SECOND;
        System.out.printf(Locale.ROOT, "%-10s %-8s %8.1f µs, %8.1f µs of a processor%n", database.dialect(), what, wall / 1e3 / times,
                cpu / 1e3 / times);
    }

    /// Of the processes that serve this connection pool; none on SQLite.
    private static long serverTicks(Database database) throws SQLException {
        return database.dialect().hasOneWriter()
                ? 0
                : database.reading(statements -> statements.list(SERVERS, row -> ticks(row.getLong(1)))).stream().mapToLong(Long::longValue).sum();
    }

    private static long ticks(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }
}
