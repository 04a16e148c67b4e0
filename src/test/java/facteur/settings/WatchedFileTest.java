package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.office.Lookup;
import facteur.platform.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFileTest {
    @TempDir
    private Path folder;

    private final TestTime time = new TestTime();
    private int reads;
    private boolean isReadable = true;
    private Path file = Path.of("none");
    private WatchedFile<String> watched = new WatchedFile<>(file, this::read, time);

    @BeforeEach
    void watch() {
        file = folder.resolve("office.yaml");
        watched = new WatchedFile<>(file, this::read, time);
    }

    @Test
    void aFileThatStaysTheSameIsReadOnce() throws IOException {
        write("a", ago(10));
        assertThat(look()).isEqualTo("a");
        assertThat(look()).isEqualTo("a");
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void aFileThatCouldNotBeReadIsReadAgainThoughNothingOfItHasChanged() throws IOException {
        write("a", ago(10));
        isReadable = false;
        assertThat(look()).isEqualTo("unavailable");
        isReadable = true;
        assertThat(look()).isEqualTo("a");
    }

    @Test
    void whatWasReadBeforeGoesOnWhileAChangeCantBeReadAndTheChangeCountsAfterwards() throws IOException {
        write("a", ago(10));
        look();
        write("b", ago(5));
        isReadable = false;
        assertThat(look()).isEqualTo("a");
        isReadable = true;
        assertThat(look()).isEqualTo("b");
    }

    @Test
    void aMistakeIsJudgedOnceAndWhatWasReadBeforeGoesOn() throws IOException {
        write("a", ago(10));
        look();
        write("wrong", ago(5));
        assertThat(look()).isEqualTo("a");
        assertThat(look()).isEqualTo("a");
        assertThat(reads).isEqualTo(2);
    }

    /// Neither its time nor when it was seen first says when it is quiet.
    @Test
    void aClockThatIsSetBackKeepsNoChangeFromCounting() throws IOException {
        write("a", ago(10));
        look();
        write("b", ago(0));
        assertThat(look()).isEqualTo("a");
        time.advance(Duration.ofDays(-3));
        assertThat(look()).isEqualTo("a");
        time.advance(Duration.ofSeconds(2));
        assertThat(look()).isEqualTo("b");
    }

    @Test
    void nothingThatIsWrittenBeforeAClockHasCaughtUpIsTakenForFinished() throws IOException {
        write("a", ago(10));
        watched.finished();
        look();
        time.advance(Duration.ofDays(-3));
        write("half", ago(0));
        assertThat(look()).isEqualTo("a");
    }

    @Test
    void aChangeCountsOnceTheFileHasBeenQuietForTwoSeconds() throws IOException {
        write("a", ago(10));
        look();
        write("half", ago(0));
        assertThat(look()).isEqualTo("a");
        write("whole", ago(0));
        time.advance(Duration.ofMillis(1_999));
        assertThat(look()).isEqualTo("a");
        time.advance(Duration.ofMillis(1));
        assertThat(look()).isEqualTo("whole");
    }

    @Test
    void aNewFileIsReadAtOnceAndAgainUntilItIsQuiet() throws IOException {
        write("half", ago(0));
        assertThat(look()).isEqualTo("half");
        time.advance(Duration.ofSeconds(1));
        write("whole", ago(0));
        time.advance(Duration.ofSeconds(2));
        assertThat(look()).isEqualTo("whole");
        look();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void aTimeInTheFutureDoesNotKeepAChangeFromCounting() throws IOException {
        write("a", ago(10));
        look();
        write("b", time.instant().plus(Duration.ofDays(3)));
        assertThat(look()).isEqualTo("a");
        time.advance(Duration.ofSeconds(2));
        assertThat(look()).isEqualTo("b");
    }

    @Test
    void anotherFileOfTheSameTimeAndSizeIsSeen() throws IOException {
        write("a", ago(10));
        look();
        var beside = folder.resolve("beside");
        Files.writeString(beside, "b");
        Files.setLastModifiedTime(beside, FileTime.from(ago(10)));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(look()).isEqualTo("b");
    }

    @Test
    void anOperatorWhoSaysThatTheFileIsFinishedNeedNotWait() throws IOException {
        write("a", ago(10));
        look();
        write("b", ago(0));
        watched.finished();
        assertThat(look()).isEqualTo("b");
        time.advance(Duration.ofMillis(1));
        write("half", ago(0));
        assertThat(look()).describedAs("what is written after that waits as ever").isEqualTo("b");
    }

    @Test
    void aFileThatIsGoneIsGoneAfterTwoSeconds() throws IOException {
        write("a", ago(10));
        look();
        Files.delete(file);
        assertThat(look()).isEqualTo("a");
        time.advance(Duration.ofMillis(1_999));
        assertThat(look()).isEqualTo("a");
        time.advance(Duration.ofMillis(1));
        assertThat(look()).isEqualTo("missing");
        write("a", ago(10));
        assertThat(look()).isEqualTo("a");
    }

    @Test
    void aFileThatIsTakenAwayAndWrittenAgainHasToBeQuiet() throws IOException {
        write("a", ago(10));
        look();
        Files.delete(file);
        look();
        time.advance(Duration.ofSeconds(1));
        write("half", ago(0));
        assertThat(look()).isEqualTo("a");
        time.advance(Duration.ofSeconds(1));
        write("whole", ago(0));
        assertThat(look()).isEqualTo("a");
        time.advance(Duration.ofSeconds(2));
        assertThat(look()).isEqualTo("whole");
    }

    @Test
    void anOperatorWhoSaysThatAFileIsGoneNeedNotWait() throws IOException {
        write("a", ago(10));
        look();
        Files.delete(file);
        assertThat(look()).isEqualTo("a");
        watched.finished();
        assertThat(look()).isEqualTo("missing");
    }

    @Test
    void aFolderThatIsAwaySaysNothingOfItsFiles() throws IOException {
        watched = new WatchedFile<>(folder.resolve("sub/office.yaml"), this::read, time);
        assertThat(look()).isEqualTo("unavailable");
        file = Files.createDirectory(folder.resolve("sub")).resolve("office.yaml");
        assertThat(look()).isEqualTo("missing");
        write("a", ago(10));
        assertThat(look()).isEqualTo("a");
        Files.move(folder.resolve("sub"), folder.resolve("elsewhere"));
        time.advance(Duration.ofDays(1));
        assertThat(look()).isEqualTo("a");
    }

    private Lookup<String> read(Path path, Optional<String> before, Problems problems) {
        reads++;
        if (!isReadable) {
            problems.add(path, 0, "", "permission denied");
            return new Lookup.Unavailable<>("permission denied");
        }
        try {
            var text = Files.readString(path);
            return text.equals("wrong") ? new Lookup.Unusable<>("wrong") : new Lookup.Found<>(text, time.instant());
        } catch (IOException e) {
            return new Lookup.Unavailable<>(e.toString());
        }
    }

    private String look() {
        return switch (watched.look(new Problems())) {
            case Lookup.Found<String>(var text, _) -> text;
            case Lookup.Missing<String> _ -> "missing";
            case Lookup.Unavailable<String> _ -> "unavailable";
            case Lookup.Unusable<String> _ -> "unusable";
        };
    }

    private Instant ago(int seconds) {
        return time.instant().minusSeconds(seconds);
    }

    private void write(String text, Instant modifiedAt) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(modifiedAt));
    }
}
