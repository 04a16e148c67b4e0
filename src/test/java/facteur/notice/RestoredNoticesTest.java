package facteur.notice;

import static facteur.notice.ChangeNoticesRig.COMPANY;
import static facteur.notice.ChangeNoticesRig.OTHER;
import static facteur.notice.ChangeNoticesRig.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.backup.Backup;
import facteur.backup.Existing;
import facteur.backup.Restore;
import facteur.fixture.MigratedDatabase;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What offices are told after a backup was restored.
final class RestoredNoticesTest {
    @TempDir
    private Path folder;

    /// Told versions are in the backup. What was still gathered when it was made is told when it is over: rather twice than never.
    @Test
    void noOfficeIsToldAgainOfWhatItWasTold() throws Exception {
        var backup = folder.resolve("backup.zip");
        try (var before = new ChangeNoticesRig(folder.resolve("state"), MigratedDatabase::open)) {
            var notices = before.node(before::store);
            before.save("dupont", COMPANY);
            before.save("durand", ofDurand(COMPANY));
            notices.run();
            before.time.advance(Duration.ofDays(1));
            before.save("dupont", OTHER);
            before.save("durand", ofDurand(OTHER));
            notices.run();
            before.save("durand", ofDurand(COMPANY));
            new Backup(folder.resolve("state"), before.time).write(Optional.of(before.database), backup, Existing.REFUSE);
            before.save("dupont", THIRD);
            before.time.advance(Duration.ofHours(2));
            notices.run();
            assertThat(before.recipients()).hasSize(8);
            new Restore(backup, Restore.Queue.IN_STATE, before.time).into(folder.resolve("restored"), Existing.REFUSE, Restore.Waiting.DUE);
        }
        try (var after = new ChangeNoticesRig(folder.resolve("restored"), Database::open)) {
            after.time.advance(Duration.ofHours(26));
            var notices = after.node(after::store);
            notices.run();
            assertThat(after.recipients()).as("what durand hadn't been told").containsExactly("info@durand.example", "office@durand.example");
            after.time.advance(Duration.ofHours(2));
            notices.run();
            assertThat(after.sent).hasSize(2);

            after.save("dupont", COMPANY);
            notices.run();
            assertThat(after.recipients()).as("a version of that number was told before the restore").hasSize(4)
                    .contains("office@dupont.example", "info@dupont.example").doesNotContain("third@dupont.example");
        }
    }

    private static String ofDurand(String settings) {
        return settings.replace("upont", "urand");
    }
}
