package facteur.platform.systemd;

import facteur.platform.failure.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Ports that systemd has opened and hands over (sd_listen_fds(3)): connections wait there while the daemon starts again,
/// and a port below 1024 takes no privilege of ours.
///
/// **How Java gets hold of one.** A descriptor that it didn't open can't be made into a [ServerSocket]; but one that it did
/// can be turned into another name of the same socket (dup3(2)), and the server socket never notices. So a listener binds
/// a port of the kernel's choice on loopback, and [#adopt] puts the passed socket in its place. That port identifies the
/// server socket's own descriptor.
///
/// The passed descriptors stay open until the process ends: a listener that a reload closes and opens again uses the same
/// one. Thread-safe.
public final class PassedSockets {
    /// The descriptors begin here (`SD_LISTEN_FDS_START`).
    private static final int FIRST = 3;
    private static final int MOST = 1000;

    /// @param address where it listens
    private record Passed(int descriptor, InetSocketAddress address) {}

    private final List<Passed> sockets;

    private PassedSockets(List<Passed> sockets) {
        this.sockets = List.copyOf(sockets);
    }

    /// @param environment of this process
    /// @throws IOException when something else was passed than ports that wait for connections
    public static PassedSockets of(Function<String, @Nullable String> environment) throws IOException {
        var pid = environment.apply("LISTEN_PID");
        var count = environment.apply("LISTEN_FDS");
        // What was meant for a parent of ours is none of our business.
        if (pid == null || count == null || !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return new PassedSockets(List.of());
        }
        if (!count.matches("[0-9]{1,4}") || Integer.parseInt(count) > MOST) {
            throw new IOException("LISTEN_FDS " + count + " is no number up to " + MOST);
        }
        return of(IntStream.range(FIRST, FIRST + Integer.parseInt(count)).boxed().toList());
    }

    static PassedSockets of(List<Integer> descriptors) throws IOException {
        var sockets = new ArrayList<Passed>();
        for (var descriptor : descriptors) {
            try {
                var address = SocketName.parse(Libc.name(descriptor)).filter(_ -> isListening(descriptor));
                sockets.add(new Passed(descriptor, address.orElseThrow(() -> new IOException("not a TCP port that listens"))));
            } catch (IOException e) {
                throw new IOException("descriptor " + descriptor + " from systemd: " + Reason.of(e), e);
            }
        }
        return new PassedSockets(sockets);
    }

    /// The address of the one that is to be used in place of a port of our own there; empty when we are to open it ourselves.
    public Optional<InetSocketAddress> at(InetSocketAddress wanted) {
        return passed(wanted).map(Passed::address);
    }

    /// Sockets without a listener: peers that connect there wait in vain.
    ///
    /// @param wanted where we listen
    public List<InetSocketAddress> without(List<InetSocketAddress> wanted) {
        return sockets.stream()
                .map(Passed::address)
                .filter(address -> wanted.stream().noneMatch(each -> isSame(address, each)))
                .toList();
    }

    private Optional<Passed> passed(InetSocketAddress wanted) {
        return sockets.stream().filter(each -> isSame(each.address(), wanted)).findFirst();
    }

    /// `ListenStream=25` listens on all addresses of both kinds, and so may 0.0.0.0:25.
    private static boolean isSame(InetSocketAddress passed, InetSocketAddress wanted) {
        return passed.getPort() == wanted.getPort()
                && (passed.getAddress().equals(wanted.getAddress())
                        || passed.getAddress().isAnyLocalAddress() && wanted.getAddress().isAnyLocalAddress());
    }

    /// Puts the passed socket in the place of the server's own, which is released.
    ///
    /// @param server bound to a port of the kernel's choice; accept was not called yet
    /// @param wanted for which [#at] has an answer
    public void adopt(ServerSocket server, InetSocketAddress wanted) throws IOException {
        var passed = passed(wanted).orElseThrow();
        Libc.duplicate(passed.descriptor(), descriptor((InetSocketAddress) server.getLocalSocketAddress()));
    }

    /// Which of our descriptors listens there.
    static int descriptor(InetSocketAddress address) throws IOException {
        for (var descriptor : OpenDescriptors.all()) {
            try {
                if (SocketName.parse(Libc.name(descriptor)).filter(each -> isSame(each, address)).isPresent() && isListening(descriptor)) {
                    return descriptor;
                }
            } catch (IOException notASocket) {
                // Or closed meanwhile.
            }
        }
        throw new IOException("none of our descriptors listens on " + address);
    }

    private static boolean isListening(int descriptor) {
        try {
            return Libc.isListening(descriptor);
        } catch (IOException notASocket) {
            return false;
        }
    }
}
