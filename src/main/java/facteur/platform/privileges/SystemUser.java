package facteur.platform.privileges;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// A user's entry in the machine's table of users, and the way to become that user: calls of the C library, on Linux. The
/// library sees to it that every thread of the process changes.
@SuppressWarnings("restricted") // That is what this class is for.
final class SystemUser {
    /// `struct passwd` of 64-bit Linux, with glibc and with musl: name, password, uid, gid, gecos, home, shell.
    private static final int PASSWD_BYTES = 48;
    private static final int PASSWD_GROUP = 20;
    private static final int PASSWD_HOME = 32;
    private static final int LONGEST_TEXT = 4096;

    private static final Linker LINKER = Linker.nativeLinker();

    private final int user;
    private final int group;
    private final Optional<String> name;
    private final Optional<String> home;

    private SystemUser(int user, int group, Optional<String> name, Optional<String> home) {
        this.user = user;
        this.group = group;
        this.name = name;
        this.home = home;
    }

    /// A user that the table doesn't have is in the group of the file, and in no other.
    static SystemUser of(FileOwner owner) {
        try {
            var getpwuid = call("getpwuid", FunctionDescriptor.of(ADDRESS, JAVA_INT));
            var entry = (MemorySegment) getpwuid.invokeExact(owner.user());
            if (entry.equals(MemorySegment.NULL)) {
                return new SystemUser(owner.user(), owner.group(), Optional.empty(), Optional.empty());
            }
            var passwd = entry.reinterpret(PASSWD_BYTES);
            return new SystemUser(
                    owner.user(),
                    passwd.get(JAVA_INT, PASSWD_GROUP),
                    Optional.of(text(passwd.get(ADDRESS, 0))),
                    Optional.of(text(passwd.get(ADDRESS, PASSWD_HOME))));
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError("the C library throws nothing", impossible);
        }
    }

    private static String text(MemorySegment address) {
        return address.reinterpret(LONGEST_TEXT).getString(0);
    }

    private static MethodHandle call(String function, FunctionDescriptor form) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), form);
    }

    Optional<String> home() {
        return home;
    }

    /// Gives the process this user's rights, for good.
    ///
    /// @throws IOException when the system doesn't allow it
    void become() throws IOException {
        try (var arena = Arena.ofConfined()) {
            // Groups first: afterwards it is too late.
            if (name.isPresent()) {
                var initgroups = call("initgroups", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
                require((int) initgroups.invokeExact(arena.allocateFrom(name.get()), group));
            } else {
                var setgroups = call("setgroups", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
                require((int) setgroups.invokeExact(0L, MemorySegment.NULL));
            }
            var form = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
            require((int) call("setgid", form).invokeExact(group));
            require((int) call("setuid", form).invokeExact(user));
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError("the C library throws nothing", impossible);
        }
    }

    private static void require(int result) throws IOException {
        if (result != 0) {
            throw new IOException("the system doesn't let this process work as another user");
        }
    }
}
