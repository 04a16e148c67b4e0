package facteur.act;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActsTest {
    private static final String JAN = "uid=0(root) sudo=jan";

    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private Database database;
    private Acts acts;

    @BeforeEach
    void open() throws SQLException {
        database = MigratedDatabase.open(state);
        acts = new Acts(database, time);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsWhatACommandDidOfWhomAndToHowMany() throws SQLException {
        var recording = acts.begin(JAN, "queue flush");
        recording.moved(IntStream.range(0, 15).mapToObj(i -> "a" + i).toList());
        recording.moved(IntStream.range(0, 200).mapToObj(i -> "b" + i).toList());
        assertThat(recording.end()).isEmpty();
        assertThat(acts.latest(Optional.empty(), 10)).singleElement().satisfies(act -> {
            assertThat(act.at()).isEqualTo(time.instant());
            assertThat(act.operator()).isEqualTo(JAN);
            assertThat(act.command()).isEqualTo("queue flush");
            assertThat(act.letters()).isEqualTo(215);
            assertThat(act.ids()).hasSize(Acts.MOST_IDS).startsWith("a0").endsWith("b4");
        });
    }

    @Test
    void keepsNothingOfACommandThatChangedNothing() throws SQLException {
        var recording = acts.begin(JAN, "queue flush");
        recording.moved(List.of());
        assertThat(recording.end()).isEmpty();
        assertThat(acts.latest(Optional.empty(), 10)).isEmpty();
    }

    @Test
    void tellsEachOnceWhenItHasEnded() throws SQLException {
        acts.record(JAN, "backup");
        assertThat(acts.tell(10)).extracting(Act::command).containsExactly("backup");
        assertThat(acts.tell(10)).isEmpty();

        var recording = acts.begin(JAN, "queue flush");
        recording.moved(List.of("a"));
        assertThat(acts.tell(10)).isEmpty();
        var _ = recording.end();
        assertThat(acts.tell(10)).extracting(Act::letters).containsExactly(1L);
    }

    @Test
    void tellsOfACommandThatWasInterrupted() throws SQLException {
        acts.begin(JAN, "queue flush").moved(List.of("a"));
        time.advance(Duration.ofMinutes(11));
        assertThat(acts.tell(10)).extracting(Act::command).containsExactly("queue flush");
    }

    @Test
    void forgetsThoseFromBeforeOnceTheyAreTold() throws SQLException {
        acts.record(JAN, "reload");
        time.advance(Duration.ofDays(30));
        assertThat(acts.purge(time.instant())).isZero();
        assertThat(acts.tell(10)).hasSize(1);
        assertThat(acts.purge(time.instant())).isEqualTo(1);
        assertThat(acts.latest(Optional.empty(), 10)).isEmpty();
    }

    @Test
    void showsTheLatestFirst() throws SQLException {
        acts.record(JAN, "first");
        time.advance(Duration.ofMinutes(1));
        acts.record(JAN, "second");
        assertThat(acts.latest(Optional.empty(), 10)).extracting(Act::command).containsExactly("second", "first");
        assertThat(acts.latest(Optional.of(time.instant()), 10)).extracting(Act::command).containsExactly("second");
        assertThat(acts.latest(Optional.empty(), 1)).hasSize(1);
    }

    @Test
    void cutsALongCommandAndKeepsItOnOneLine() throws SQLException {
        acts.record(JAN, "queue hold\n" + "😀".repeat(1_000));
        assertThat(acts.latest(Optional.empty(), 1).getFirst().command())
                .startsWith("queue hold?😀").endsWith("😀…").satisfies(text -> assertThat(text.codePoints()).hasSize(Acts.LONGEST_COMMAND));
    }

    @Test
    void stopsNoCommandThatCannotBeRecorded() {
        database.close();
        var recording = acts.begin(JAN, "queue remove 0123456789abcdef");
        recording.moved(List.of("0123456789abcdef"));
        assertThat(recording.end()).isPresent();
    }
}
