package facteur.backup;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Grant;
import facteur.access.NewPerson;
import facteur.access.NewSession;
import facteur.access.PasswordResult;
import facteur.access.Persons;
import facteur.access.SessionLimits;
import facteur.access.Sessions;
import facteur.access.SignInResult;
import facteur.fixture.CountingDerivation;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.login.Derivations;
import facteur.platform.database.Database;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Persons come back with a backup, who was signed in doesn't.
final class SignedInBackupTest {
    private static final String PASSWORD = "correct horse battery staple";

    private final TestTime time = new TestTime();
    private final Derivations derivations = new Derivations(new CountingDerivation());

    @TempDir
    private Path folder;

    private Path home;
    private Path away;
    private Database database;
    private String cookie = "";
    private String link = "";

    @BeforeEach
    void signIn() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        away = folder.resolve("away");
        database = MigratedDatabase.open(home);
        var persons = persons(database);
        var made = (Persons.Addition.Made) persons.add(new NewPerson("jan", "", Optional.empty(), List.of(Grant.operator())), "root");
        assertThat(persons.setPassword(made.link().text(), PASSWORD)).isInstanceOf(PasswordResult.Set.class);
        cookie = sessions(database).begin(NewSession.of(made.person(), false, "", "")).cookie();
        link = persons.reset("jan").orElseThrow().text();
    }

    @AfterEach
    void close() {
        derivations.close();
        database.close();
    }

    private Persons persons(Database own) {
        return new Persons(own, derivations, time, time, new SecureRandom());
    }

    private Sessions sessions(Database own) {
        return new Sessions(own, () -> SessionLimits.STANDARD, time, new SecureRandom());
    }

    private void restore(Path archive) throws Exception {
        var _ = new Restore(archive, Restore.Queue.IN_STATE, time).into(away, Existing.REFUSE, Restore.Waiting.DUE);
    }

    private static long rows(Path state) throws SQLException {
        try (var other = Database.openBeside(state)) {
            return other.reading(statements -> statements.first(
                    "select (select count(*) from session) + (select count(*) from ticket)", row -> row.getLong(1))).orElseThrow();
        }
    }

    @Test
    void noSessionAndNoLinkIsInABackupAndHereBothStay() throws Exception {
        var archive = folder.resolve("backup.zip");
        var _ = new Backup(home, time).write(Optional.of(database), archive, Existing.REFUSE);
        assertThat(sessions(database).find(cookie)).isPresent();
        assertThat(rows(home)).isEqualTo(2);
        var unpacked = Files.createDirectory(folder.resolve("unpacked"));
        try (var reader = ArchiveReader.open(archive)) {
            reader.unpack(unpacked);
        }
        assertThat(rows(unpacked)).isZero();

        restore(archive);
        try (var restored = Database.openBeside(away)) {
            assertThat(sessions(restored).find(cookie)).isEmpty();
            assertThat(persons(restored).setPassword(link, "another pass phrase")).isEqualTo(new PasswordResult.NoTicket());
            assertThat(persons(restored).signIn("jan", PASSWORD, InetAddress.getLoopbackAddress())).isInstanceOf(SignInResult.Good.class);
        }
    }

    @Test
    void whatAFileHoldsOfThemIsNotRestored() throws Exception {
        var archive = folder.resolve("with-sessions.zip");
        var copy = Files.createFile(folder.resolve("copy.db"));
        database.copyTo(copy);
        try (var writer = new ArchiveWriter(archive); var in = Files.newInputStream(copy)) {
            writer.add(EntryName.DATABASE, in);
            writer.finish(time.instant());
        }
        restore(archive);
        assertThat(rows(away)).isZero();
        assertThat(rows(home)).isEqualTo(2);
    }
}
