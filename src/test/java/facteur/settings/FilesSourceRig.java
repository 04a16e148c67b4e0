package facteur.settings;

import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.io.TempDir;

/// A folder of offices' files, by a clock that a test sets.
abstract class FilesSourceRig {
    static final OfficeId DUPONT = new OfficeId("dupont");

    final Problems problems = new Problems();
    final TestTime time = new TestTime();

    @TempDir
    Path folder;

    FilesSource read(String office, String yaml) throws IOException {
        write(office + ".yaml", yaml);
        return open(folder);
    }

    FilesSource open(Path where) {
        var source = new FilesSource(where, Address.of("inbox@shared.example"), Roles.DEFAULT, time);
        source.readAll(problems, _ -> false);
        return source;
    }

    void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        // The test's own clock; and long enough ago to count.
        Files.setLastModifiedTime(file, FileTime.from(time.instant().minusSeconds(10)));
    }

    static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    static <T> T found(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(var value, _) -> value;
            case Lookup.Missing<T> _ -> throw new AssertionError("missing");
            case Lookup.Failed<T> failed -> throw new AssertionError(failed.why());
        };
    }
}
