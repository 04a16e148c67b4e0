package facteur.platform.commitlog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitLogTest {
    private static final int SIZE = 4096;

    @TempDir
    private Path folder;

    private static byte[] octets(String text) {
        return text.getBytes(US_ASCII);
    }

    private Path file() {
        return folder.resolve("log");
    }

    @Test
    void isAsLargeAsItWillBeFromTheStart() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, 0)) {
            log.append(List.of(octets("one")));
            assertThat(Files.size(file())).isEqualTo(SIZE);
            assertThat(log.roomBytes()).isEqualTo(SIZE - CommitLog.needBytes(octets("one")));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        }
    }

    @Test
    void goesOnWithItsNumbersAfterARewindAndAStart() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, 0)) {
            log.append(List.of(octets("one"), octets("two")));
            log.rewind();
            log.append(List.of(octets("three")));
            assertThat(log.next()).isEqualTo(4);
        }
        assertThat(CommitLog.read(file(), 2).contents()).containsExactly(octets("three"));
        try (var log = CommitLog.open(file(), SIZE, 3)) {
            log.append(List.of(octets("four")));
        }
        assertThat(CommitLog.read(file(), 3).contents()).containsExactly(octets("four"));
    }

    @Test
    void refusesToGoOnBehindRecordsThatAreMissing() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, 7)) {
            log.append(List.of(octets("eight")));
        }
        assertThatThrownBy(() -> CommitLog.read(file(), 6)).isInstanceOf(CommitLogGap.class).hasMessageContainingAll("record 8", "record 6");
        assertThat(CommitLog.read(file(), 9).contents()).isEmpty();
    }

    @Test
    void hasNothingWhenItIsClearedOrIsNotThere() throws IOException {
        assertThat(CommitLog.read(file(), 0).contents()).isEmpty();
        try (var log = CommitLog.open(file(), SIZE, 0)) {
            log.append(List.of(octets("one")));
            log.clear();
        }
        assertThat(CommitLog.read(file(), 0).contents()).isEmpty();
    }

    @Test
    void takesNoMoreThanThereIsRoomFor() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, 0)) {
            assertThatThrownBy(() -> log.append(List.of(new byte[SIZE]))).isInstanceOf(IllegalArgumentException.class);
            log.append(List.of(octets("one")));
        }
        assertThat(CommitLog.read(file(), 0).contents()).hasSize(1);
    }

    @Test
    void noticesThatItIsTakenAway() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, 0)) {
            assertThat(log.displaced()).isEmpty();
            Files.delete(file());
            assertThat(log.displaced().orElseThrow()).endsWith("log is gone");
        }
    }
}
