package facteur.bench;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// What a queue of many deferred letters costs the packaged relay on SQLite: memory, the speed of new letters beside one with an
/// empty queue, and how long an operator waits for `queue list`.
final class DeepQueue {
    private static final int ROUNDS = 5;
    private static final byte[] SHORT = "From: jan@dupont.example\r\nSubject: wait\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);

    /// A letter that waits is there; the others are copies of it, due in an hour.
    private static final String NUMBERS = "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ?) ";
    private static final String COPY_ID = "substr(id, 1, 10) || printf('%06x', n)";

    private DeepQueue() {}

    /// @param arguments how many letters wait
    public static void main(String[] arguments) throws Exception {
        var count = Integer.parseInt(arguments[0]);
        var place = Files.createTempDirectory(Files.createDirectories(Path.of("target")).toAbsolutePath(), "deep-");
        var empty = folder(place.resolve("empty"));
        var deep = folder(place.resolve("deep"));
        leaveOneWaiting(deep);
        fill(deep, count);
        try (var shallow = PackagedRelay.run(empty.config()); var loaded = PackagedRelay.run(deep.config())) {
            measure(
                    new RelayLoad(shallow, empty.state().resolve("captured")),
                    new RelayLoad(loaded, deep.state().resolve("captured")),
                    count);
            list(deep, "--limit", "100");
            list(deep, "--limit", "100", "--recipient", "nobody@slow.example");
            list(deep);
            shallow.stop();
            loaded.stop();
        }
    }

    private static RelayFolder folder(Path folder) throws IOException {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("""
                upstreams:
                  - { name: capture, kind: capture }
                  - { name: away, kind: smtp, address: "127.0.0.1:%d", tls: none }
                routes:
                  - { to-domain: slow.example, upstreams: away }
                  - { upstreams: capture }
                """.formatted(portOfNobody()));
    }

    private static int portOfNobody() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    private static void leaveOneWaiting(RelayFolder deep) throws IOException, InterruptedException {
        try (var relay = PackagedRelay.run(deep.config())) {
            try (var app = AppConnection.greeted(relay.port())) {
                var reply = app.submit("<jan@dupont.example>", List.of("client@slow.example"), SHORT);
                if (!reply.isPositive()) {
                    throw new IOException("refused: " + reply);
                }
            }
            Awaitility.await().until(() -> relay.said().contains("event=upstream-failed"));
            relay.stop();
        }
    }

    private static void fill(RelayFolder deep, int count) throws SQLException {
        var start = System.nanoTime();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + deep.state().resolve("facteur.db"));
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            var due = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
            statement.execute("update queue set turn = 0, due_at = " + due);
            for (var table : List.of("letter", "recipient", "content", "queue")) {
                statement.execute(copies(statement, table, count));
            }
            connection.commit();
        }
        System.out.printf("%,d letters laid down in %d s%n", count, Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    private static String copies(Statement statement, String table, int count) throws SQLException {
        var columns = new ArrayList<String>();
        try (var rows = statement.executeQuery("select * from " + table + " limit 1")) {
            for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                columns.add(rows.getMetaData().getColumnName(i));
            }
        }
        var id = columns.getFirst();
        var values = columns.stream()
                .map(column -> column.equals(id) ? COPY_ID.replace("id", id) : column.equals("due_at") ? "due_at + n" : column)
                .toList();
        return NUMBERS.replace("?", Integer.toString(count - 1)) + "insert into " + table + " (" + String.join(", ", columns) + ") select "
                + String.join(", ", values) + " from numbers, (select * from " + table + " limit 1)";
    }

    private static void measure(RelayLoad empty, RelayLoad deep, int count) throws Exception {
        System.out.printf("%d and %d letters/s warm them up%n", empty.lettersPerSecond(), deep.lettersPerSecond());
        var alone = new ArrayList<Long>();
        var beside = new ArrayList<Long>();
        for (var i = 0; i < ROUNDS; i++) {
            alone.add(empty.lettersPerSecond());
            beside.add(deep.lettersPerSecond());
        }
        System.out.printf("%-16s %10s %34s %8s%n", "letters waiting", "letters/s", "rounds", "RSS MB");
        System.out.printf("%,-16d %,10d %34s %,8d%n", 0, RelayLoad.median(alone), alone, empty.residentMegabytes());
        System.out.printf("%,-16d %,10d %34s %,8d%n", count, RelayLoad.median(beside), beside, deep.residentMegabytes());
        System.out.printf("speed kept: %d %%%n", 100 * RelayLoad.median(beside) / RelayLoad.median(alone));
    }

    private static void list(RelayFolder deep, String... options) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("queue", "list", "--config", deep.config().toString()));
        arguments.addAll(List.of(options));
        var start = System.nanoTime();
        var process = PackagedRelay.command(arguments.toArray(String[]::new)).redirectErrorStream(true).start();
        long lines;
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            lines = out.lines().count();
        }
        System.out.printf(
                "queue list %s: %,d lines in %.1f s, exit %d%n",
                String.join(" ", options), lines, (System.nanoTime() - start) / 1e9, process.waitFor());
    }
}
