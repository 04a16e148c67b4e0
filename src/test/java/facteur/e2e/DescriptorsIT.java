package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.Act;
import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.platform.database.Database;
import facteur.spool.QueueAct;
import facteur.spool.QueueDesk;
import facteur.spool.QueueFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A packaged relay without a file descriptor left: nothing is lost, held or blamed on others, and all goes on by itself
/// when there are some again.
final class DescriptorsIT {
    private static final int FILES = 150;
    private static final int LETTERS = 60;
    private static final String LARGE = ("x".repeat(76) + "\r\n").repeat(4_000);

    @TempDir
    private Path folder;

    @Test
    void goesOnByItselfWhenThereAreDescriptorsAgain() throws Exception {
        try (var upstream = ScriptedUpstream.start()) {
            upstream.when("CONNECT", Act.say("421 4.3.2 not now"));
            var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port());
            fill(relay);
            move(relay, QueueAct.HOLD);
            upstream.when("CONNECT", Act.say("220 upstream.example ready"));
            try (var running = PackagedRelay.runWithFiles(FILES, relay.config()); var app = AppConnection.greeted(running.port())) {
                assertThat(running.said()).contains("the limit of open files is " + FILES);
                var crowd = crowd(running.port());
                await().until(() -> running.said().contains("have to wait: Too many open files"));
                move(relay, QueueAct.RELEASE);
                // Small letters need none; whether or not one is to be had is all that counts of this.
                assertThat(submit(app, "small\r\n")).containsAnyOf("250 ", "45");
                await().until(() -> hasMet(relay, "Too many open files"));
                for (var each : crowd) {
                    each.close();
                }
                upstream.awaitLetters(LETTERS);
                await().until(() -> AdminPort.of(relay).get("/health/ready").startsWith("HTTP/1.1 200 "));
                assertThat(submit(app, "after\r\n")).startsWith("250 ");
                assertThat(submit(app, LARGE)).startsWith("250 ");
                assertThat(running.said()).doesNotContain("event=held", "event=upstream-failed", "event=upstream-throttled");
            }
        }
    }

    /// Whether an attempt has come to that.
    private static boolean hasMet(RelayFolder relay, String trouble) throws SQLException {
        try (var database = Database.openBeside(relay.state())) {
            return database.reading(statements -> statements.first(
                    "select 1 from recipient where last_reply like ?", row -> true, "%" + trouble + "%"))
                    .isPresent();
        }
    }

    private static void fill(RelayFolder relay) throws Exception {
        try (var running = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(running.port())) {
            for (var i = 0; i < LETTERS; i++) {
                assertThat(submit(app, i % 10 == 0 ? LARGE : "letter\r\n")).startsWith("250 ");
            }
            running.kill();
        }
    }

    private static String submit(AppConnection app, String body) throws IOException {
        var letter = ("From: jan@dupont.example\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).toString();
    }

    private static void move(RelayFolder relay, QueueAct act) throws Exception {
        try (var database = Database.openBeside(relay.state())) {
            new QueueDesk(database, relay.state(), InstantSource.system()).move(act, QueueFilter.ALL, Long.MAX_VALUE);
        }
    }

    /// Connections until none is greeted any more, and some.
    private static List<Socket> crowd(int port) throws IOException {
        var crowd = new ArrayList<Socket>();
        for (var waiting = 0; waiting < 3;) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            crowd.add(socket);
            socket.setSoTimeout(300);
            try {
                assertThat(socket.getInputStream().read()).isEqualTo('2');
            } catch (SocketTimeoutException notAccepted) {
                waiting++;
            }
        }
        return crowd;
    }
}
