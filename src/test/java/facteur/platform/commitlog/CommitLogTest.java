package facteur.platform.commitlog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitLogTest {
    private static final int SIZE = 4096;
    private static final long ROUND = 42;

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
        try (var log = CommitLog.open(file(), SIZE, ROUND, 0)) {
            log.append(List.of(octets("one")));
            assertThat(Files.size(file())).isEqualTo(SIZE);
            assertThat(log.roomBytes()).isEqualTo(SIZE - CommitLog.needBytes(octets("one")));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        }
    }

    @Test
    void goesOnWithItsNumbersAfterARewindAndAStart() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, ROUND, 0)) {
            log.append(List.of(octets("one"), octets("two")));
            log.rewind();
            log.append(List.of(octets("three")));
            assertThat(log.next()).isEqualTo(4);
        }
        assertThat(CommitLog.read(file(), ROUND, 2).contents()).containsExactly(octets("three"));
        try (var log = CommitLog.open(file(), SIZE, ROUND, 3)) {
            log.append(List.of(octets("four")));
        }
        assertThat(CommitLog.read(file(), ROUND, 3).contents()).containsExactly(octets("four"));
    }

    @Test
    void refusesToGoOnBehindRecordsThatAreMissing() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, ROUND, 7)) {
            log.append(List.of(octets("eight")));
        }
        assertThatThrownBy(() -> CommitLog.read(file(), ROUND, 6)).isInstanceOf(CommitLogGap.class).hasMessageContainingAll("record 8", "record 6");
        assertThat(CommitLog.read(file(), ROUND, 9).contents()).isEmpty();
    }

    @Test
    void isNotReadAsThatOfAnotherDatabase() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, 7, 0)) {
            log.append(List.of(octets("one")));
        }
        assertThatThrownBy(() -> CommitLog.read(file(), ROUND, 0)).isInstanceOf(CommitLogGap.class).hasMessageContaining("another round");
    }

    /// A machine that dies in an append may leave its last record alone. It must not come back behind what is written then.
    @Test
    void hasNothingOfAnEarlierFileAfterAStart() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, ROUND, 0)) {
            log.append(List.of(octets("lost"), octets("left")));
        }
        try (var torn = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            torn.write(ByteBuffer.allocate(CommitLog.needBytes(octets("lost"))), 0);
        }
        assertThat(CommitLog.read(file(), ROUND, 0).contents()).isEmpty();
        try (var log = CommitLog.open(file(), SIZE, ROUND + 1, 0)) {
            log.append(List.of(octets("came")));
        }
        assertThat(CommitLog.read(file(), ROUND + 1, 0).contents()).containsExactly(octets("came"));
    }

    /// A content that looks like a record is none: it can't know the round.
    @Test
    void takesNoContentForARecord() throws IOException {
        var forged = ByteBuffer.allocate(200);
        LoggedRecord.write(forged, ROUND - 1, 2, 2, octets("forged"));
        try (var log = CommitLog.open(file(), SIZE, ROUND, 0)) {
            log.append(List.of(forged.array()));
        }
        try (var damaged = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            damaged.write(ByteBuffer.allocate(1), 0);
        }
        assertThat(CommitLog.read(file(), ROUND, 0).contents()).isEmpty();
    }

    @Test
    void hasNothingWhenItIsClearedOrIsNotThere() throws IOException {
        assertThat(CommitLog.read(file(), ROUND, 0).contents()).isEmpty();
        try (var log = CommitLog.open(file(), SIZE, ROUND, 0)) {
            log.append(List.of(octets("one")));
            log.clear();
        }
        assertThat(CommitLog.read(file(), ROUND, 0).contents()).isEmpty();
    }

    @Test
    void takesNoMoreThanThereIsRoomFor() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, ROUND, 0)) {
            assertThatThrownBy(() -> log.append(List.of(new byte[SIZE]))).isInstanceOf(IllegalArgumentException.class);
            log.append(List.of(octets("one")));
        }
        assertThat(CommitLog.read(file(), ROUND, 0).contents()).hasSize(1);
    }

    @Test
    void noticesThatItIsTakenAway() throws IOException {
        try (var log = CommitLog.open(file(), SIZE, ROUND, 0)) {
            assertThat(log.displaced()).isEmpty();
            Files.delete(file());
            assertThat(log.displaced().orElseThrow()).endsWith("log is gone");
        }
    }
}
