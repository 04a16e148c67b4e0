package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.PostgresExtension;
import facteur.fixture.RecordingJournal;
import facteur.journal.MailEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spools that earlier versions wrote into a PostgreSQL are opened and delivered by this one.
final class FrozenPostgresIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Duration LEASE = Duration.ofMillis(500);

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"v5", "v8", "v9"})
    void deliversTheLettersOfEachVersion(String version) throws Exception {
        opens(version, open -> FrozenLetters.check(open, temp));
    }

    @Test
    void goesByTheSettingsOfVersion14() throws Exception {
        opens("v14", open -> {
            FrozenStore.check(open, temp);
            FrozenLetters.check(open, temp, FrozenStore.LETTERS);
        });
    }

    @Test
    void letsThePersonsOfVersion16In() throws Exception {
        opens("v16", open -> {
            FrozenPersons.check(open);
            FrozenStore.check(open, temp);
            FrozenLetters.check(open, temp, FrozenStore.LETTERS);
        });
    }

    @Test
    void goesOnWithTheReturnsOfVersion17() throws Exception {
        opens("v17", open -> {
            FrozenReturns.check(open);
            FrozenPersons.check(open);
            FrozenStore.check(open, temp);
            FrozenLetters.check(open, temp, FrozenStore.LETTERS + FrozenReturns.LETTERS);
        });
    }

    private void opens(String version, ThrowingConsumer<OpenSpool> check) throws Exception {
        var dump = Path.of(FrozenPostgresIT.class.getResource("/spool/" + version + "/postgres.sql").toURI());
        POSTGRES.server().run("set search_path to " + POSTGRES.schema() + ";\n" + Files.readString(dump));
        var journal = new RecordingJournal();
        var folder = StateFolder.open(temp);
        var database = POSTGRES.settings().open();
        try (var open = new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, () -> NOON, journal, LEASE))) {
            // Its node was killed, with two letters active.
            journal.await(MailEvent.NodeTakenOver.class, 1);
            assertThat(journal.events(MailEvent.NodeTakenOver.class)).extracting(MailEvent.NodeTakenOver::letters).containsExactly(2);
            check.accept(open);
        }
    }
}
