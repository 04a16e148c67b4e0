package facteur.relay;

import facteur.admin.Status;
import facteur.listener.Listener;
import facteur.listener.ListenerSettings;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Word;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// All ports where mail comes in.
///
/// A reload replaces those whose settings have changed. The new one is open before the old one closes, unless both use the
/// same port, which then closes for a moment. Open connections finish their letters under the settings that they began with.
///
/// Thread-safe: one change at a time.
final class Listeners implements AutoCloseable {
    private final Function<ListenerSettings, Listener> make;
    private final List<Thread> closing = new ArrayList<>();
    private volatile List<Listener> open = List.of();
    private boolean closed;

    Listeners(Function<ListenerSettings, Listener> make) {
        this.make = make;
    }

    /// @throws IOException when a port can't be opened; those before it are open then
    synchronized void start(List<ListenerSettings> wanted) throws IOException {
        for (var settings : wanted) {
            add(settings);
        }
    }

    /// Opens what is new and closes what is gone; what is the same stays as it is.
    ///
    /// @return a sentence for each port that can't be opened
    synchronized List<String> replace(List<ListenerSettings> wanted) {
        if (closed) {
            return List.of();
        }
        var gone = new ArrayList<>(open);
        var troubles = new ArrayList<String>();
        var missing = new ArrayList<ListenerSettings>();
        for (var settings : wanted) {
            // Not by removeIf: two listeners on ports of the kernel's choice may have equal settings.
            var same = gone.stream().filter(listener -> listener.settings().equals(settings)).findFirst();
            same.ifPresentOrElse(gone::remove, () -> missing.add(settings));
        }
        // Those that can't be opened yet may be once the old ones have left.
        var late = missing.stream().filter(settings -> trouble(settings).isPresent()).toList();
        gone.forEach(Listener::leavePort);
        open = open.stream().filter(listener -> !gone.contains(listener)).toList();
        late.forEach(settings -> trouble(settings).ifPresent(troubles::add));
        closing.removeIf(thread -> !thread.isAlive());
        gone.forEach(listener -> closing.add(Thread.ofVirtual().name("listener-close").start(listener::close)));
        return troubles;
    }

    /// @return why it can't be opened
    private Optional<String> trouble(ListenerSettings settings) {
        try {
            add(settings);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Reason.of(e));
        }
    }

    private void add(ListenerSettings settings) throws IOException {
        var listener = make.apply(settings);
        listener.start();
        var more = new ArrayList<>(open);
        more.add(listener);
        open = List.copyOf(more);
    }

    List<Integer> ports() {
        return open.stream().map(Listener::port).toList();
    }

    List<Status.ListenerState> status() {
        return open.stream()
                .map(listener -> new Status.ListenerState(
                        new HostAndPort(listener.settings().address().getAddress().getHostAddress(), listener.port()).toString(),
                        Word.of(listener.settings().takes()),
                        Word.of(listener.settings().tls()),
                        listener.connections()))
                .toList();
    }

    /// Whether connections are accepted on all of them.
    boolean areServed() {
        return open.stream().allMatch(Listener::isServed);
    }

    /// Closes connections whose peer has stopped reading; to be called every second.
    void sweep() {
        open.forEach(Listener::sweep);
    }

    /// All at the same time, since each waits for its own peers.
    @Override
    public synchronized void close() {
        closed = true;
        try (var closers = Executors.newVirtualThreadPerTaskExecutor()) {
            open.forEach(listener -> closers.execute(listener::close));
        }
        for (var thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
