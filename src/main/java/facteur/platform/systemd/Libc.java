package facteur.platform.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/// Calls of the C library, on Linux. Each throws when the call fails, with what `strerror` says. Thread-safe.
@SuppressWarnings("restricted") // That is what this class is for.
final class Libc {
    static final short AF_UNIX = 1;
    static final short AF_INET = 2;
    static final short AF_INET6 = 10;
    static final int SOCK_DGRAM = 2;
    static final int CLOSE_ON_EXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int LONGEST_ADDRESS = 128;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle DUP3 = call("dup3", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            call("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKOPT =
            call("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SENDTO = call(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOCK_GETTIME =
            call("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    private static MethodHandle call(String name, FunctionDescriptor form) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), form, Linker.Option.captureCallState("errno"));
    }

    /// A call that returns less than 0 when it fails.
    @FunctionalInterface
    private interface Call {
        /// @param state where errno goes
        long run(Arena arena, MemorySegment state) throws Throwable;
    }

    private static long checked(String name, Call call) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            var result = call.run(arena, state);
            if (result < 0) {
                throw new IOException(name + ": " + message((int) ERRNO.get(state, 0L)));
            }
            return result;
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError("the C library throws nothing", impossible);
        }
    }

    private static String message(int number) throws Throwable {
        var text = (MemorySegment) STRERROR.invokeExact(number);
        return text.reinterpret(256).getString(0);
    }

    static int socket(int family, int kind) throws IOException {
        return (int) checked("socket", (_, state) -> (int) SOCKET.invokeExact(state, family, kind, 0));
    }

    static void close(int descriptor) throws IOException {
        checked("close", (_, state) -> (int) CLOSE.invokeExact(state, descriptor));
    }

    /// Makes `copy` another name of what `descriptor` names; what it named before is released. Closed in children.
    static void duplicate(int descriptor, int copy) throws IOException {
        checked("dup3", (_, state) -> (int) DUP3.invokeExact(state, descriptor, copy, CLOSE_ON_EXEC));
    }

    static void send(int descriptor, byte[] octets, byte[] address) throws IOException {
        checked("sendto", (arena, state) -> (long) SENDTO.invokeExact(
                state,
                descriptor,
                arena.allocateFrom(JAVA_BYTE, octets),
                (long) octets.length,
                MSG_NOSIGNAL,
                arena.allocateFrom(JAVA_BYTE, address),
                address.length));
    }

    /// The address that a socket is bound to, as the kernel writes it.
    static byte[] name(int descriptor) throws IOException {
        var name = new byte[LONGEST_ADDRESS];
        checked("getsockname", (arena, state) -> {
            var address = arena.allocate(LONGEST_ADDRESS, Long.BYTES);
            var length = arena.allocateFrom(JAVA_INT, LONGEST_ADDRESS);
            var result = (int) GETSOCKNAME.invokeExact(state, descriptor, address, length);
            MemorySegment.copy(address, 0, MemorySegment.ofArray(name), 0, LONGEST_ADDRESS);
            return result;
        });
        return name;
    }

    /// Whether it is a socket that waits for connections.
    static boolean isListening(int descriptor) throws IOException {
        var value = new int[1];
        checked("getsockopt", (arena, state) -> {
            var option = arena.allocate(JAVA_INT);
            var length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            var result = (int) GETSOCKOPT.invokeExact(state, descriptor, SOL_SOCKET, SO_ACCEPTCONN, option, length);
            value[0] = option.get(JAVA_INT, 0);
            return result;
        });
        return value[0] != 0;
    }

    /// The clock that systemd reckons by.
    static Duration monotonic() throws IOException {
        var time = new long[2];
        checked("clock_gettime", (arena, state) -> {
            var parts = arena.allocate(JAVA_LONG, 2);
            var result = (int) CLOCK_GETTIME.invokeExact(state, CLOCK_MONOTONIC, parts);
            MemorySegment.copy(parts, JAVA_LONG, 0, time, 0, 2);
            return result;
        });
        return Duration.ofSeconds(time[0], time[1]);
    }
}
