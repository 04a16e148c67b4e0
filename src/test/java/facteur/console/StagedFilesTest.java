package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.SessionId;
import facteur.fixture.TestTime;
import facteur.office.OfficeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagedFilesTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final OfficeId PEETERS = new OfficeId("peeters");
    private static final SessionId JAN = new SessionId("a".repeat(64));
    private static final SessionId AN = new SessionId("b".repeat(64));

    @TempDir
    Path folder;

    private final TestTime time = new TestTime();
    private StagedFiles files;

    @BeforeEach
    void open() {
        files = new StagedFiles(folder, time);
    }

    private List<Path> onDisk() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void isFoundByItsSessionForItsOfficeAlone() throws IOException {
        var id = files.keep("relation\n", DUPONT, JAN);
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(files.find(id, DUPONT, JAN)).hasValueSatisfying(path -> assertThat(path).hasContent("relation\n"));
        assertThat(files.find(id, DUPONT, AN)).isEmpty();
        assertThat(files.find(id, PEETERS, JAN)).isEmpty();
        assertThat(files.claim(id, DUPONT, AN)).isEmpty();
        assertThat(files.find("../" + id, DUPONT, JAN)).isEmpty();
        assertThat(files.find("", DUPONT, JAN)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onDisk().getFirst()))).isEqualTo("rw-------");
    }

    @Test
    void goesAfterAnHourAndWithTheNext() throws IOException {
        var id = files.keep("one", DUPONT, JAN);
        time.advance(Duration.ofMinutes(59));
        assertThat(files.find(id, DUPONT, JAN)).isPresent();
        var next = files.keep("two", DUPONT, JAN);
        assertThat(files.find(id, DUPONT, JAN)).isEmpty();
        assertThat(onDisk()).hasSize(1);
        time.advance(Duration.ofHours(1));
        assertThat(files.find(next, DUPONT, JAN)).isEmpty();
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void isUsedUpOnceUnlessItIsGivenBack() throws IOException {
        var id = files.keep("one", DUPONT, JAN);
        try (var claim = files.claim(id, DUPONT, JAN).orElseThrow()) {
            assertThat(files.claim(id, DUPONT, JAN)).as("by another request at the same time").isEmpty();
            claim.giveBack();
        }
        try (var claim = files.claim(id, DUPONT, JAN).orElseThrow()) {
            assertThat(claim.path()).exists();
        }
        assertThat(files.find(id, DUPONT, JAN)).isEmpty();
        assertThat(onDisk()).isEmpty();
    }
}
