package facteur.bench;

import facteur.fixture.AdminPort;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ShiftedClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The packaged program as the user `nobody`, so that a file can be kept from it, with a clock that can be shifted, its own small
/// disk and a limit of descriptors that can be lowered. Needs root and a C compiler. For one thread, but for [#port].
final class FaultedRelay implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listens on [0-9.]+:(\\d+)");
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
    private static final int DESCRIPTORS = 4096;

    private final Path place;
    private final RelayFolder folder;
    private final Process process;
    private final ShiftedClock clock;
    private final List<Socket> crowd = new ArrayList<>();
    private volatile int port;
    private volatile boolean isDeaf;
    private boolean isFrozen;

    private FaultedRelay(Path place, RelayFolder folder, ShiftedClock clock, Process process) {
        this.place = place;
        this.folder = folder;
        this.clock = clock;
        this.process = process;
    }

    /// A folder on a disk of its own, for a relay to be configured in.
    static Path disk(Path place, String size) throws IOException, InterruptedException {
        Files.createDirectories(place);
        done("mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=755", "tmpfs", place.toString());
        return place;
    }

    /// @param place of [#disk], with the relay's configuration
    static FaultedRelay start(Path place, RelayFolder folder, Path log) throws IOException, InterruptedException {
        var clock = new ShiftedClock(place);
        done("chown", "-R", "nobody:nogroup", place.toString());
        var command = new ArrayList<>(List.of("prlimit", "--nofile=" + DESCRIPTORS + ":" + DESCRIPTORS));
        command.addAll(AS_NOBODY);
        command.add("env");
        clock.environment().forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(PackagedRelay.command("run", "--config", folder.config().toString()).command());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var relay = new FaultedRelay(place, folder, clock, process);
        Thread.ofPlatform().daemon().name("log").start(() -> relay.read(log));
        return relay;
    }

    private void read(Path log) {
        try (var lines = process.inputReader(StandardCharsets.UTF_8);
                var out = Files.newBufferedWriter(log)) {
            for (var line = next(lines); line != null; line = next(lines)) {
                out.write(line);
                out.newLine();
                out.flush();
                var listens = LISTENS.matcher(line);
                if (port == 0 && listens.find()) {
                    port = Integer.parseInt(listens.group(1));
                }
            }
        } catch (IOException | InterruptedException ended) {
            // So did the process.
        }
    }

    private @Nullable String next(BufferedReader lines) throws IOException, InterruptedException {
        while (isDeaf) {
            Thread.sleep(100);
        }
        return lines.readLine();
    }

    /// Empty until it listens.
    OptionalInt port() {
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean isReady() {
        try {
            return AdminPort.of(folder).get("/health/ready").startsWith("HTTP/1.1 200 ");
        } catch (IOException | AssertionError unanswered) {
            return false;
        }
    }

    /// Shifts its wall clock.
    void shift(Duration ahead) throws IOException {
        clock.set(ahead);
    }

    void deaf(boolean newDeaf) {
        isDeaf = newDeaf;
    }

    void descriptors(int most) throws IOException, InterruptedException {
        var command = new ArrayList<>(AS_NOBODY);
        command.addAll(List.of("prlimit", "--pid", Long.toString(process.pid()), "--nofile=" + most + ":"));
        done(command.toArray(String[]::new));
    }

    /// As few descriptors as it has now and a few more, and connections that take those.
    void crowd() throws IOException, InterruptedException {
        try (var open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            descriptors((int) open.count() + 4);
        }
        for (var i = 0; i < 40; i++) {
            try {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
            } catch (IOException full) {
                break;
            }
        }
    }

    void disperse() throws IOException, InterruptedException {
        descriptors(DESCRIPTORS);
        for (var socket : crowd) {
            socket.close();
        }
        crowd.clear();
    }

    /// Leaves no octet free on its disk.
    void fillDisk() throws IOException {
        try (var junk = Files.newOutputStream(place.resolve("junk"))) {
            var block = new byte[64 * 1024];
            while (true) {
                junk.write(block);
            }
        } catch (IOException full) {
            // That was the purpose.
        }
    }

    void emptyDisk() throws IOException {
        Files.deleteIfExists(place.resolve("junk"));
    }

    /// Another version of an office's file, by rename.
    void office(String yaml, String permissions) throws IOException, InterruptedException {
        var file = folder.config().resolveSibling("offices").resolve("dupont.yaml");
        var beside = file.resolveSibling("dupont.new");
        Files.writeString(beside, yaml);
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString(permissions));
        done("mv", beside.toString(), file.toString());
    }

    void freeze() throws IOException, InterruptedException {
        isFrozen = true;
        done("kill", "-STOP", Long.toString(process.pid()));
    }

    void thaw() throws IOException, InterruptedException {
        isFrozen = false;
        done("kill", "-CONT", Long.toString(process.pid()));
    }

    /// What it exits with.
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    static void done(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (isFrozen) {
                thaw();
            }
            process.destroyForcibly().waitFor();
            done("umount", place.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
