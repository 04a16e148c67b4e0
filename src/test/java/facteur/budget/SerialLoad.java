package facteur.budget;

import facteur.fixture.AppConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// Letters of 4 KB over a few connections in turn, each sent when the one before has come to its very end: accepted, relayed,
/// and noted as such on disk. So no two letters ever share a commit, a packet or a wake-up, however the threads are
/// scheduled, and a letter costs the same on any machine. For one thread.
final class SerialLoad implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long GLANCE_NANOS = 500_000;
    private static final byte[] LETTER = ("From: jan@dupont.example\r\nSubject: Your invoice\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(50))
            .getBytes(StandardCharsets.US_ASCII);

    private final List<AppConnection> apps = new ArrayList<>();
    private final Connection database;
    private final PreparedStatement queued;

    /// @param port of the relay
    /// @param state its folder, with the database; that shows the end of a letter and costs the relay nothing
    SerialLoad(int port, Path state) throws IOException, SQLException {
        for (var i = 0; i < CONNECTIONS; i++) {
            apps.add(AppConnection.greeted(port));
        }
        database = DriverManager.getConnection("jdbc:sqlite:file:" + state.resolve("facteur.db") + "?mode=ro");
        queued = database.prepareStatement("select 1 from queue limit 1");
    }

    void send(int letters) throws IOException, SQLException, TimeoutException {
        for (var i = 0; i < letters; i++) {
            var reply = apps.get(i % CONNECTIONS).submit("<jan@dupont.example>", List.of("client@example.com"), LETTER);
            if (!reply.isPositive()) {
                throw new IOException("refused: " + reply);
            }
            awaitEnd();
        }
    }

    private void awaitEnd() throws SQLException, TimeoutException {
        var start = System.nanoTime();
        while (isQueued()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new TimeoutException("the letter doesn't leave the queue");
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    private boolean isQueued() throws SQLException {
        try (var rows = queued.executeQuery()) {
            return rows.next();
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        database.close();
        for (var app : apps) {
            app.close();
        }
    }
}
