package facteur.junit;

import facteur.office.OfficeId;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.Problems;
import facteur.relay.Config;
import facteur.relay.Daemon;
import facteur.relay.DatabaseWait;
import facteur.settings.FilesSource;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/// A daemon in a temporary folder of its own, which is deleted with it. One thread.
final class RunningRelay implements AutoCloseable {
    private final Path folder;
    private final InstantSource time;
    private final Config config;
    private final Daemon daemon;
    private long writes;

    /// @param yaml text of `facteur.yaml`
    /// @param offices by id, each the text of its file
    /// @throws ExtensionConfigurationException when facteur would not start with that, and why
    RunningRelay(String yaml, Map<String, String> offices, InstantSource time, Recording recording) {
        this.time = time;
        var started = false;
        try {
            folder = Files.createTempDirectory("facteur-");
            try {
                Files.createDirectory(folder.resolve("drafts"));
                Files.createDirectory(folder.resolve("offices"));
                config = read(yaml, offices);
                daemon = Daemon.start(
                        config,
                        time,
                        SteadyTime.of(time),
                        recording,
                        upstream -> new RecordedUpstream(upstream, recording),
                        DatabaseWait.NONE);
                started = true;
            } finally {
                if (!started) {
                    delete(folder);
                }
            }
        } catch (IOException | SpoolException | SQLException e) {
            throw new ExtensionConfigurationException("facteur doesn't start: " + e.getMessage(), e);
        }
    }

    private Config read(String yaml, Map<String, String> offices) throws IOException {
        for (var office : offices.entrySet()) {
            Files.writeString(file("offices", office.getKey()), office.getValue());
        }
        var problems = new Problems();
        var read = Config.read(Files.writeString(folder.resolve("facteur.yaml"), yaml), problems, System::getenv);
        read.readOffices(problems);
        if (!problems.isEmpty()) {
            throw new ExtensionConfigurationException("facteur doesn't start: " + problems);
        }
        return read;
    }

    int port() {
        return daemon.ports().getFirst();
    }

    /// A letter that an earlier test has sent is new in the next one.
    void forgetNames() {
        try {
            daemon.forgetNames();
        } catch (SpoolException e) {
            throw new IllegalStateException("the relay's database can't be written: " + e.getMessage(), e);
        }
    }

    /// Replaces an office's settings, from the next letter on.
    ///
    /// @throws IllegalArgumentException when there is a problem with them; the old ones stay
    void office(String id, String yaml) {
        try {
            var draft = Files.writeString(file("drafts", id), yaml);
            var problems = new Problems();
            new FilesSource(folder.resolve("drafts"), config.sharedAddress(), config.rules().roles(), time).readAll(problems, _ -> false);
            if (!problems.isEmpty()) {
                Files.delete(draft);
                throw new IllegalArgumentException(problems.toString());
            }
            // A time of its own, so that two changes within a tick of the file system's clock are two.
            Files.setLastModifiedTime(draft, FileTime.fromMillis(++writes));
            Files.move(draft, file("offices", id), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon.evict(new OfficeId(id));
    }

    void removeOffice(String id) {
        try {
            Files.delete(file("offices", id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon.evict(new OfficeId(id));
    }

    private Path file(String kind, String id) {
        return folder.resolve(kind).resolve(new OfficeId(id) + ".yaml");
    }

    @Override
    public void close() {
        daemon.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
