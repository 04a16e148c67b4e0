package facteur.platform.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import facteur.fixture.ServiceSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceManagerTest {
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    @TempDir
    private Path folder;

    @Test
    void tellsASocketInTheFileSystem() throws IOException {
        notifies(folder.resolve("notify").toString());
    }

    @Test
    void tellsASocketWithAnAbstractName() throws IOException {
        notifies("@facteur/" + UUID.randomUUID());
    }

    private static void notifies(String name) throws IOException {
        try (var socket = ServiceSocket.at(name)) {
            var manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "30000000")::get);
            manager.ready();
            manager.alive();
            manager.status("12 letters\nREADY=0 über");
            manager.reloading();
            manager.stopping();
            manager.extend(Duration.ofSeconds(90));
            await().until(() -> socket.messages().size() == 6);
            var messages = socket.messages();
            assertThat(messages.subList(0, 3))
                    .containsExactly("READY=1", "WATCHDOG=1", "STATUS=12 letters READY=0 über");
            assertThat(messages.get(3)).matches("RELOADING=1\\|MONOTONIC_USEC=[1-9][0-9]*");
            assertThat(messages.get(4)).isEqualTo("STOPPING=1");
            assertThat(messages.get(5)).isEqualTo("EXTEND_TIMEOUT_USEC=90000000");
        }
    }

    @Test
    void tellsTheTimeByTheClockOfSystemd() throws IOException {
        var before = System.nanoTime();
        var sentAt = Libc.monotonic().toNanos();
        // On Linux, HotSpot's own source is this clock.
        assertThat(sentAt).isBetween(before, System.nanoTime());
    }

    @Test
    void saysNothingWhenNobodyAsked() {
        var manager = ServiceManager.of(_ -> null);
        assertThat(manager.isThere()).isFalse();
        assertThat(manager.watchdog()).isEmpty();
        manager.ready();
        manager.reloading();
        manager.alive();
        manager.status("none");
        manager.stopping();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "/", "notify", "vsock:2:1234"})
    void leavesAloneWhatIsNoSocketOfThisMachine(String name) {
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", name)::get).isThere()).isFalse();
        assertThat(NotifySocket.at("/" + "x".repeat(107))).isEmpty();
        assertThat(NotifySocket.at("/" + "x".repeat(106))).isPresent();
    }

    @Test
    void goesOnWhenNobodyListensAnyMore() {
        ServiceManager.of(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString())::get).ready();
    }

    @Test
    void saysWhichCallFailedAndWhy() {
        var absent = NotifySocket.at(folder.resolve("gone").toString()).orElseThrow();
        assertThatThrownBy(() -> absent.send(new byte[1]))
                .isInstanceOf(IOException.class)
                .hasMessage("sendto: No such file or directory");
    }

    @Test
    void knowsHowLongTheWatchdogWaits() {
        assertThat(watchdog("60000000", PID)).contains(Duration.ofMinutes(1));
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "5")::get).watchdog())
                .contains(Duration.ofNanos(5_000));
        assertThat(watchdog("60000000", "1")).isEmpty();
        assertThat(watchdog("0", PID)).isEmpty();
        assertThat(watchdog("-1", PID)).isEmpty();
        assertThat(watchdog("soon", PID)).isEmpty();
    }

    private static Optional<Duration> watchdog(String micros, String pid) {
        return ServiceManager.of(Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid)::get)
                .watchdog();
    }
}
