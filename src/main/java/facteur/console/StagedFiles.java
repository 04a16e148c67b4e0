package facteur.console;

import facteur.access.SessionId;
import facteur.office.OfficeId;
import facteur.platform.disk.PrivateFolder;
import facteur.web.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Files of people who first want to see what would come of them, between that page and the next. Each is found only by the session that brought
/// it, for its office, by an id that can't be guessed; a session has one. They go after an hour, when there is too much of them, and with the
/// process: its start empties the folder. Another node doesn't have them.
///
/// Thread-safe.
final class StagedFiles {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final long MOST_OCTETS = 256L * 1024 * 1024;
    private static final String END = ".staged";

    private record Staged(Path path, long octets, OfficeId office, SessionId session, Instant until) {}

    private final Path folder;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    private final SequencedMap<String, Staged> files = new LinkedHashMap<>();

    /// @param folder where uploads lie, so that a file is taken over by its name alone
    StagedFiles(Path folder, InstantSource time) {
        this.folder = folder;
        this.time = time;
    }

    /// @return its id
    synchronized String keep(Upload upload, OfficeId office, SessionId session) throws IOException {
        var id = newId();
        return put(id, Files.move(upload.file(), folder.resolve(id + END)), office, session);
    }

    /// The same for what was pasted.
    synchronized String keep(String text, OfficeId office, SessionId session) throws IOException {
        var id = newId();
        var path = Files.createFile(folder.resolve(id + END), PrivateFolder.FILE_MODE);
        Files.writeString(path, text, StandardCharsets.UTF_8);
        return put(id, path, office, session);
    }

    private String newId() {
        var octets = new byte[16];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    private String put(String id, Path path, OfficeId office, SessionId session) throws IOException {
        removeIf(staged -> staged.session().equals(session));
        files.put(id, new Staged(path, Files.size(path), office, session, time.instant().plus(LIFE)));
        sweep();
        return id;
    }

    /// Empty when there is none, or none any more.
    synchronized Optional<Path> find(String id, OfficeId office, SessionId session) {
        sweep();
        return Optional.ofNullable(files.get(id))
                .filter(staged -> staged.office().equals(office) && staged.session().equals(session))
                .map(Staged::path);
    }

    /// What [#find] would find, for one who uses it up: none else finds it from now on.
    synchronized Optional<Claim> claim(String id, OfficeId office, SessionId session) {
        return find(id, office, session).map(_ -> {
            var staged = files.remove(id);
            if (staged == null) {
                throw new IllegalStateException("found a file that is not there");
            }
            return new Claim(id, staged);
        });
    }

    /// A file that one request works on. One thread.
    final class Claim implements AutoCloseable {
        private final String id;
        private final Staged staged;
        private boolean isKept;

        private Claim(String id, Staged staged) {
            this.id = id;
            this.staged = staged;
        }

        Path path() {
            return staged.path();
        }

        /// It can be found again: what was to be done was not.
        void giveBack() {
            isKept = true;
            synchronized (StagedFiles.this) {
                files.put(id, staged);
            }
        }

        @Override
        public void close() {
            if (!isKept) {
                delete(staged);
            }
        }
    }

    private void sweep() {
        var now = time.instant();
        removeIf(staged -> !staged.until().isAfter(now));
        var octets = files.values().stream().mapToLong(Staged::octets).sum();
        for (Iterator<Staged> oldest = files.values().iterator(); octets > MOST_OCTETS && oldest.hasNext();) {
            var staged = oldest.next();
            octets -= staged.octets();
            oldest.remove();
            delete(staged);
        }
    }

    private interface Condition {
        boolean fits(Staged staged);
    }

    private void removeIf(Condition condition) {
        for (Iterator<Staged> all = files.values().iterator(); all.hasNext();) {
            var staged = all.next();
            if (condition.fits(staged)) {
                all.remove();
                delete(staged);
            }
        }
    }

    private static void delete(Staged staged) {
        try {
            Files.deleteIfExists(staged.path());
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + staged.path(), e);
        }
    }
}
