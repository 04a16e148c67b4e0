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

/// Letters of 4 KB over a few connections in turn, each sent when the one before is accepted; at the end all of them are noted as relayed
/// in the tables. So no two letters share a write of the log before their replies, however the threads are scheduled, and a letter
/// costs about the same on any machine: how often the tables are written is a matter of time. For one thread.
final class SerialLoad implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long GLANCE_NANOS = 500_000;
    private static final byte[] LETTER = ("From: jan@dupont.example\r\nSubject: Your invoice\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(50))
            .getBytes(StandardCharsets.US_ASCII);

    private final List<AppConnection> apps = new ArrayList<>();
    private final Connection database;
    private final PreparedStatement ended;
    private int sent;

    /// @param port of the relay
    /// @param state its folder, with the database; that shows the end of a letter and costs the relay nothing
    SerialLoad(int port, Path state) throws IOException, SQLException {
        for (var i = 0; i < CONNECTIONS; i++) {
            apps.add(AppConnection.greeted(port));
        }
        database = DriverManager.getConnection("jdbc:sqlite:file:" + state.resolve("facteur.db") + "?mode=ro");
        ended = database.prepareStatement("select count(*) from letter where ended_at is not null");
    }

    void send(int letters) throws IOException, SQLException, TimeoutException {
        for (var i = 0; i < letters; i++) {
            var reply = apps.get(i % CONNECTIONS).submit("<jan@dupont.example>", List.of("client@example.com"), LETTER);
            if (!reply.isPositive()) {
                throw new IOException("refused: " + reply);
            }
            sent++;
        }
        awaitEnd();
    }

    private void awaitEnd() throws SQLException, TimeoutException {
        var start = System.nanoTime();
        while (endedLetters() < sent) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new TimeoutException("the letters don't end");
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    private int endedLetters() throws SQLException {
        try (var rows = ended.executeQuery()) {
            rows.next();
            return rows.getInt(1);
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
