package facteur.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.backup.Restore.Waiting;
import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.platform.database.Database;
import facteur.platform.disk.PrivateFolder;
import facteur.relay.Daemon;
import facteur.spool.SpoolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state of a running relay in one file, and another relay that goes on with it.
final class BackupIT {
    /// Bodies over 256 KB are in files.
    private static final String LARGE = "x".repeat(70).concat("\r\n").repeat(4_500);

    /// About how many letters wait or are sent while backups are made.
    private static final int IN_QUEUE = 20;

    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        upstream.close();
    }

    /// Letters stay, and others come and go with their files, while backups are made. Each of these is complete.
    @Test
    void isCompleteWhileLettersComeAndGo() throws Exception {
        upstream.when("RCPT TO:<stays", Act.say("450 4.2.1 later"));
        var isOver = new AtomicBoolean();
        var made = new ArrayList<Path>();
        try (var daemon = relay("home").start(journal); var apps = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 4; i++) {
                submit(daemon, "stays" + i + "@example.com", i % 2 == 0 ? LARGE : "small\r\n");
            }
            journal.await(MailEvent.Deferred.class, 4);
            var sending = Stream.of("a", "b", "c").map(name -> apps.submit(() -> send(daemon, name, isOver))).toList();
            for (var i = 0; i < 8; i++) {
                var seen = journal.events(MailEvent.Relayed.class).size();
                made.add(backup("home", "backup" + i));
                journal.await(MailEvent.Relayed.class, seen + 5);
            }
            isOver.set(true);
            for (var app : sending) {
                app.get();
            }
        }
        for (var i = 0; i < made.size(); i++) {
            var restored = restore(made.get(i), "away" + i, Existing.REFUSE, Waiting.DUE);
            assertThat(restored.letters()).isGreaterThanOrEqualTo(4);
        }
        var before = upstream.letters().size();
        upstream.recover();
        var last = restore(made.getLast(), "away", Existing.REFUSE, Waiting.DUE);
        var time = new TestTime();
        time.advance(Duration.between(time.instant(), Instant.now().plusSeconds(3_600)));
        try (var _ = relay("away").start(time, journal)) {
            var letters = upstream.awaitLetters(before + (int) last.letters());
            var again = letters.subList(before, letters.size());
            assertThat(again).hasSize((int) last.letters());
            assertThat(again).filteredOn(letter -> letter.recipients().getFirst().contains("stays")).hasSize(4);
            assertThat(again).allSatisfy(letter -> assertThat(letter.body()).isIn(LARGE, "small\r\n"));
            assertThat(new TreeSet<>(again.stream().map(TakenLetter::recipients).map(List::getFirst).toList())).hasSameSizeAs(again);
        }
    }

    @Test
    void keepsKeysAndTokensAndNothingOfTheMachine() throws Exception {
        var state = relay("home").state();
        try (var _ = relay("home").start(journal)) {
            var keys = Files.createDirectories(state.resolve("keys/dupont.example"));
            Files.writeString(keys.resolve("s1.pem"), "key");
            Files.writeString(keys.resolve("s2.pem.new"), "half a key");
            Files.writeString(state.resolve("refresh-token.office"), "token");
            var archive = backup("home", "backup");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive))).isEqualTo("rw-------");
            try (var zip = new ZipFile(archive.toFile())) {
                assertThat(zip.stream().map(ZipEntry::getName))
                        .containsExactlyInAnyOrder("facteur.db", "keys/dupont.example/s1.pem", "refresh-token.office", "manifest");
            }
            assertThat(folder).isDirectoryNotContaining("glob:**/backup.*");
            restore(archive, "away", Existing.REFUSE, Waiting.DUE);
        }
        var away = relay("away").state();
        assertThat(away.resolve("keys/dupont.example/s1.pem")).hasContent("key");
        assertThat(away.resolve("refresh-token.office")).hasContent("token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(away.resolve("refresh-token.office")))).isEqualTo("rw-------");
        assertThat(away.resolve("restore.new")).doesNotExist();
    }

    @Test
    void holdsEveryLetterOnDemand() throws Exception {
        var archive = withOneLetter();
        assertThat(restore(archive, "away", Existing.REFUSE, Waiting.HELD).letters()).isEqualTo(1);
        upstream.recover();
        try (var daemon = relay("away").start(journal)) {
            submit(daemon, "other@example.com", "small\r\n");
            assertThat(upstream.awaitLetters(1)).hasSize(1);
            try (var database = Database.openBeside(relay("away").state())) {
                assertThat(database
                        .<String>reading(statements -> statements.first("select hold_reason from queue", row -> row.getString(1)).orElseThrow()))
                        .isEqualTo(Restore.HOLD_REASON);
            }
        }
    }

    @Test
    void takesThePlaceOfNothingUnasked() throws Exception {
        var archive = withOneLetter();
        assertThatThrownBy(() -> backup("home", "backup")).isInstanceOf(BackupException.class).hasMessageContaining("is there already");
        var home = relay("home").state();
        try (var _ = relay("home").start(journal)) {
            assertThatThrownBy(() -> restore(archive, "home", Existing.REPLACE, Waiting.DUE))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("in use by another facteur");
        }
        assertThatThrownBy(() -> restore(archive, "home", Existing.REFUSE, Waiting.DUE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("already contains a state");
        var restored = restore(archive, "home", Existing.REPLACE, Waiting.DUE);
        assertThat(restored.aside()).hasValueSatisfying(aside -> assertThat(aside.resolve("facteur.db")).exists());
        assertThat(bodies(home)).hasSize(1);
        upstream.recover();
        try (var _ = relay("home").start(journal)) {
            assertThat(upstream.awaitLetters(1)).hasSize(1);
        }
    }

    /// Wherever it is damaged, nothing of it is used; unless the damage is where it says nothing, in the frame of the file.
    @Test
    void aDamagedOneIsRefused() throws Exception {
        var archive = withOneLetter();
        var octets = Files.readAllBytes(archive);
        var away = relay("away").state();
        var refused = 0;
        for (var part = 0; part < 64; part++) {
            var damaged = octets.clone();
            damaged[octets.length * part / 64] ^= 0x55;
            var file = Files.write(folder.resolve("damaged" + part), damaged);
            try {
                assertThat(restore(file, "away", Existing.REFUSE, Waiting.DUE).letters()).isEqualTo(1);
                Folders.delete(away);
            } catch (BackupException expected) {
                refused++;
                assertThat(holdsState(away)).isFalse();
            }
        }
        assertThat(refused).isGreaterThan(50);
        for (var length : List.of(0, 100, octets.length / 2, octets.length - 10)) {
            var file = Files.write(folder.resolve("short" + length), Arrays.copyOf(octets, length));
            assertThatThrownBy(() -> restore(file, "away", Existing.REFUSE, Waiting.DUE)).isInstanceOf(BackupException.class);
        }
        assertThat(restore(archive, "away", Existing.REFUSE, Waiting.DUE).letters()).isEqualTo(1);
    }

    @Test
    void aDamagedDatabaseOrAMissingBodyIsFound() throws Exception {
        var archive = withOneLetter();
        try (var zip = new ZipFile(archive.toFile())) {
            var database = zip.getInputStream(zip.getEntry("facteur.db")).readAllBytes();
            try (var writer = new ArchiveWriter(folder.resolve("bodiless"))) {
                writer.add("facteur.db", new ByteArrayInputStream(database));
                writer.finish(Instant.EPOCH);
            }
            Arrays.fill(database, 4096 * 2, database.length, (byte) 7);
            try (var writer = new ArchiveWriter(folder.resolve("scribbled"))) {
                writer.add("facteur.db", new ByteArrayInputStream(database));
                writer.finish(Instant.EPOCH);
            }
        }
        assertThatThrownBy(() -> restore(folder.resolve("bodiless"), "away", Existing.REFUSE, Waiting.DUE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("the body of letter");
        assertThatThrownBy(() -> restore(folder.resolve("scribbled"), "away", Existing.REFUSE, Waiting.DUE))
                .isInstanceOfAny(BackupException.class, SQLException.class);
        assertThat(holdsState(relay("away").state())).isFalse();
    }

    /// The author of the file has no say in where it lands.
    @Test
    void namesThatLeadElsewhereAreRefused() throws Exception {
        for (var name : List.of("../evil.key", "keys/../../evil.key", "/tmp/evil.key", "keys/a/../b", ".hidden.key", "lock", "admin",
                "spool/aa/../../x.body", "keys/a/b/c", "facteur.db-wal")) {
            assertThat(EntryName.isAllowed(name)).as(name).isFalse();
            var file = Files.createTempDirectory(folder, "named").resolve("archive");
            try (var writer = new ArchiveWriter(file)) {
                writer.add(name, new ByteArrayInputStream("evil".getBytes(US_ASCII)));
                writer.finish(Instant.EPOCH);
            }
            assertThatThrownBy(() -> restore(file, "away", Existing.REFUSE, Waiting.DUE)).isInstanceOf(BackupException.class);
        }
        // One that the manifest doesn't name.
        var archive = withOneLetter();
        var more = folder.resolve("more");
        try (var zip = new ZipFile(archive.toFile()); var out = new ZipOutputStream(Files.newOutputStream(more))) {
            for (var entry : zip.stream().toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                zip.getInputStream(entry).transferTo(out);
            }
            out.putNextEntry(new ZipEntry("../evil"));
            out.write(1);
        }
        assertThatThrownBy(() -> restore(more, "away", Existing.REFUSE, Waiting.DUE)).isInstanceOf(BackupException.class);
        try (var all = Files.walk(folder)) {
            assertThat(all.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith("evil.") || name.equals("evil"));
        }
    }

    /// Letters with a lost body can't be relayed, and don't keep a backup from being made.
    @Test
    void saysWhichBodiesAreLost() throws Exception {
        withOneLetter();
        var home = relay("home").state();
        Files.delete(bodies(home).getFirst());
        try (var database = Database.openBeside(home)) {
            var made = new Backup(home, InstantSource.system()).write(Optional.of(database), folder.resolve("second"), Existing.REFUSE);
            assertThat(made.lost()).hasSize(1);
            assertThat(made.letters()).isZero();
        }
        assertThat(restore(folder.resolve("second"), "away", Existing.REFUSE, Waiting.DUE).letters()).isZero();
    }

    @Test
    void withAQueueElsewhereItKeepsTheRest() throws Exception {
        var state = Files.createDirectories(folder.resolve("pg"), PrivateFolder.FOLDER_MODE);
        Files.writeString(state.resolve("refresh-token.office"), "token");
        new Backup(state, InstantSource.system()).write(Optional.empty(), folder.resolve("tokens"), Existing.REFUSE);
        assertThatThrownBy(() -> restore(folder.resolve("tokens"), "away", Existing.REFUSE, Waiting.DUE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("contains no queue");
        new Restore(folder.resolve("tokens"), Restore.Queue.ON_SERVER, InstantSource.system())
                .into(folder.resolve("pg2"), Existing.REFUSE, Waiting.DUE);
        assertThat(folder.resolve("pg2/refresh-token.office")).hasContent("token");
    }

    /// One that waits, with a body in a file; the daemon has stopped.
    private Path withOneLetter() throws Exception {
        upstream.when("RCPT TO:<stays", Act.say("450 4.2.1 later"));
        try (var daemon = relay("home").start(journal)) {
            submit(daemon, "stays@example.com", LARGE);
            journal.await(MailEvent.Deferred.class, 1);
        }
        return backup("home", "backup");
    }

    private RelayFolder relay(String name) {
        return new RelayFolder(folder.resolve(name))
                .office("dupont", RelayFolder.DUPONT)
                .relayingTo(upstream.port(), "delivery: { retry: 1s }\n");
    }

    private Path backup(String relay, String name) throws BackupException, IOException, SQLException {
        var state = relay(relay).state();
        var target = folder.resolve(name);
        try (var database = Database.openBeside(state)) {
            assertThat(new Backup(state, InstantSource.system()).write(Optional.of(database), target, Existing.REFUSE).lost()).isEmpty();
        }
        return target;
    }

    private Restore.Restored restore(Path archive, String relay, Existing existing, Waiting waiting)
            throws BackupException, SpoolException, IOException, SQLException {
        return new Restore(archive, Restore.Queue.IN_STATE, InstantSource.system()).into(relay(relay).state(), existing, waiting);
    }

    private static boolean holdsState(Path state) {
        return Files.exists(state.resolve("facteur.db")) || !bodies(state).isEmpty() || Files.exists(state.resolve("restore.new"));
    }

    private static List<Path> bodies(Path state) {
        if (!Files.exists(state.resolve("spool"))) {
            return List.of();
        }
        try (var all = Files.walk(state.resolve("spool"))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// No faster than letters leave: a backup is to hold some, not the hundreds that a slow upstream piles up.
    private int send(Daemon daemon, String name, AtomicBoolean isOver) throws IOException {
        var sent = 0;
        while (!isOver.get()) {
            submit(daemon, name + sent++ + "@example.com", LARGE);
            journal.await(MailEvent.Relayed.class, journal.events(MailEvent.Accepted.class).size() - IN_QUEUE);
        }
        return sent;
    }

    private static void submit(Daemon daemon, String recipient, String body) throws IOException {
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            var letter = ("From: jan@dupont.example\r\n\r\n" + body).getBytes(US_ASCII);
            assertThat(app.submit("<jan@dupont.example>", List.of(recipient), letter).code()).isEqualTo(250);
        }
    }
}
