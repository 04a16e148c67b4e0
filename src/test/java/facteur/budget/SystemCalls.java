package facteur.budget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/// How often each system call of a process succeeded, by `strace -c -f`.
///
/// What moves octets and what waits for the disk is what a letter needs, so it is the same each time. What threads ask to wait
/// for each other or for more to come (futex, epoll, poll; a read that finds nothing, which counts as an error) depends on
/// who runs first, and what Java's memory and compiler ask (mmap, mprotect) on when they do: neither is counted.
///
/// Immutable.
record SystemCalls(Map<String, Long> successes, String table) {
    private static final Set<String> STREAM =
            Set.of("read", "readv", "recvfrom", "recvmsg", "write", "writev", "sendto", "sendmsg", "sendfile", "splice");
    private static final Set<String> FILE =
            Set.of("pread64", "preadv", "preadv2", "pwrite64", "pwritev", "pwritev2", "copy_file_range", "ftruncate", "fallocate");
    private static final Set<String> SYNC = Set.of("fsync", "fdatasync", "sync_file_range", "msync", "syncfs");

    /// Over connections, and to the log: to and from the other end.
    long stream() {
        return sum(STREAM);
    }

    /// Within files.
    long file() {
        return sum(FILE);
    }

    /// Until the disk has it.
    long sync() {
        return sum(SYNC);
    }

    private long sum(Set<String> names) {
        return names.stream().mapToLong(name -> successes.getOrDefault(name, 0L)).sum();
    }

    /// @param table lines of `% time, seconds, usecs/call, calls, errors, syscall`; no errors is a blank
    static SystemCalls of(String table) {
        var successes = new HashMap<String, Long>();
        table.lines().map(line -> line.strip().split("\\s+")).filter(SystemCalls::isCall).forEach(words -> {
            var errors = words.length == 6 ? Long.parseLong(words[4]) : 0;
            successes.put(words[words.length - 1], Long.parseLong(words[3]) - errors);
        });
        return new SystemCalls(Map.copyOf(successes), table);
    }

    private static boolean isCall(String[] words) {
        return words.length >= 5 && words[0].matches("[0-9.]+") && !words[words.length - 1].equals("total");
    }

    /// Counts from now on. For one thread.
    static final class Counting implements AutoCloseable {
        private static final Duration PATIENCE = Duration.ofSeconds(20);

        private final Process strace;
        private final Path table;

        private Counting(Process strace, Path table) {
            this.strace = strace;
            this.table = table;
        }

        /// Empty where there is no strace, or where it may not look at that process.
        ///
        /// @param folder to write to
        static Optional<Counting> of(long pid, Path folder) throws IOException {
            var table = folder.resolve("calls");
            var said = folder.resolve("strace");
            Process strace;
            try {
                strace = new ProcessBuilder("strace", "-c", "-f", "-p", Long.toString(pid), "-o", table.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
            } catch (IOException missing) {
                return Optional.empty();
            }
            Awaitility.await().atMost(PATIENCE).until(() -> !strace.isAlive() || Files.readString(said).contains("attached"));
            return strace.isAlive() ? Optional.of(new Counting(strace, table)) : Optional.empty();
        }

        /// To be called once.
        SystemCalls stop() throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-INT", Long.toString(strace.pid())).start().waitFor();
            strace.waitFor();
            return SystemCalls.of(Files.readString(table));
        }

        @Override
        public void close() {
            strace.destroy();
        }
    }
}
