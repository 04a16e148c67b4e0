package facteur.platform.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who started us and wants to know how we are: systemd, by the protocol of sd_notify(3). Messages are datagrams to the
/// socket that `NOTIFY_SOCKET` names; without it nothing happens. A message that can't be sent is a warning in the log,
/// nothing more. Thread-safe.
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final int LONGEST_STATUS = 500;

    private final Optional<NotifySocket> socket;
    private final Optional<Duration> watchdog;

    private ServiceManager(Optional<NotifySocket> socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /// @param environment of this process
    public static ServiceManager of(Function<String, @Nullable String> environment) {
        var socket = Optional.ofNullable(environment.apply("NOTIFY_SOCKET")).flatMap(ServiceManager::socket);
        return new ServiceManager(socket, socket.flatMap(_ -> watchdog(environment)));
    }

    private static Optional<NotifySocket> socket(String address) {
        var socket = NotifySocket.at(address);
        if (socket.isEmpty()) {
            LOG.warn("NOTIFY_SOCKET {} is not a path, and no abstract name: systemd hears nothing", address);
        }
        return socket;
    }

    private static Optional<Duration> watchdog(Function<String, @Nullable String> environment) {
        var pid = environment.apply("WATCHDOG_PID");
        var isOurs = pid == null || pid.equals(Long.toString(ProcessHandle.current().pid()));
        return isOurs ? Optional.ofNullable(environment.apply("WATCHDOG_USEC")).flatMap(ServiceManager::micros) : Optional.empty();
    }

    private static Optional<Duration> micros(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Duration.ofNanos(Long.parseLong(text) * 1_000)) : Optional.empty();
    }

    /// Whether a service manager listens.
    public boolean isThere() {
        return socket.isPresent();
    }

    /// How long it waits for [#alive] before it takes us for dead; empty when it doesn't wait for it.
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /// The start takes longer, for no fault of ours: it is to wait for [#ready] for so long from now, at least.
    public void extend(Duration more) {
        send("EXTEND_TIMEOUT_USEC=" + more.toNanos() / 1_000);
    }

    /// The start, or a reload, is done.
    public void ready() {
        send("READY=1");
    }

    /// A reload has begun; [#ready] is to follow.
    public void reloading() {
        if (isThere()) {
            try {
                send("RELOADING=1\nMONOTONIC_USEC=" + Libc.monotonic().toNanos() / 1_000);
            } catch (IOException e) {
                LOG.warn("systemd can't be notified: {}", e.getMessage());
            }
        }
    }

    public void stopping() {
        send("STOPPING=1");
    }

    /// All is well, at this moment.
    public void alive() {
        if (watchdog.isPresent()) {
            send("WATCHDOG=1");
        }
    }

    /// A line for `systemctl status`.
    public void status(String line) {
        var printable = line.replaceAll("\\p{Cntrl}", " ");
        send("STATUS=" + printable.substring(0, Math.min(printable.length(), LONGEST_STATUS)));
    }

    private void send(String message) {
        socket.ifPresent(each -> {
            try {
                each.send(message.getBytes(UTF_8));
            } catch (IOException e) {
                LOG.warn("systemd can't be notified of {}: {}", message, e.getMessage());
            }
        });
    }
}
