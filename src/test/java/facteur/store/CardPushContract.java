package facteur.store;

import static facteur.store.CardRig.DUPONT;
import static facteur.store.CardRig.JAN;
import static facteur.store.CardRig.OPERATOR;
import static facteur.store.CardRig.OTHER_APP;
import static facteur.store.CardRig.SUITE;
import static facteur.store.CardRig.counts;
import static facteur.store.CardRig.lines;
import static facteur.store.CardRig.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.office.RelationId;
import facteur.platform.database.Database;
import facteur.store.CardImport.Mode;
import facteur.store.CardImport.OnError;
import facteur.store.CardPushes.Rest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pushes of whole sets, and what takes them back, on a real database.
abstract class CardPushContract {
    @TempDir
    Path folder;

    private Database database;
    private CardRig rig;

    abstract Database openDatabase() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = openDatabase();
        rig = new CardRig(database, folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void isOneVersionHoweverManyBodies() throws Exception {
        var push = rig.begin(SUITE);
        rig.add(push, Arrays.copyOfRange(lines(300), 0, 150));
        assertThat(counts(rig.add(push, Arrays.copyOfRange(lines(300), 100, 300)))).isEqualTo(new CardCounts(2, 150, 0, 50, 0, 0, List.of()));
        var done = new CardCounts(2, 300, 0, 50, 0, 0, List.of());
        assertThat(counts(rig.finish(push, Rest.DELETE))).isEqualTo(done);
        assertThat(counts(rig.finish(push, Rest.DELETE))).describedAs("said twice").isEqualTo(done);
        assertThat(rig.version(2).cards()).isEqualTo(300);
        assertThat(rig.add(push, lines(1))).isEqualTo(new CardsResult.Missing());
    }

    /// What a push has named takes room, too.
    @Test
    void namesNothingWithoutRoomForLetters() throws Exception {
        var push = rig.begin(SUITE);
        rig.writer.whileThereIs(() -> false);
        assertThatThrownBy(() -> rig.add(push, lines(3))).isInstanceOf(NoRoomException.class);
        var named = rig.database.reading(statements -> statements.first("select count(*) from card_push_name", row -> row.getLong(1)));
        assertThat(named).hasValue(0L);
        rig.writer.whileThereIs(() -> true);
        assertThat(counts(rig.add(push, lines(3))).created()).isEqualTo(3);
    }

    @Test
    void removesWhatItDidNotName() throws Exception {
        rig.merge(SUITE, lines(100));
        var push = rig.begin(SUITE);
        rig.add(push, Arrays.copyOfRange(lines(100), 5, 100));
        assertThat(counts(rig.finish(push, Rest.DELETE))).isEqualTo(new CardCounts(3, 0, 0, 95, 5, 0, List.of()));
        assertThat(rig.all()).hasSize(95).doesNotContainKey("R-00003");
        assertThat(rig.replayed()).isEqualTo(rig.all());
    }

    @Test
    void asksBeforeItRemovesMany() throws Exception {
        rig.merge(SUITE, lines(200));
        var push = rig.begin(SUITE);
        rig.add(push, Arrays.copyOfRange(lines(200), 21, 200));
        assertThat(rig.finish(push, Rest.DELETE)).isEqualTo(new CardsResult.WouldDelete(21, 200));
        assertThat(rig.pushes.finish(DUPONT, push, Rest.DELETE, OptionalLong.of(20), SUITE)).isEqualTo(new CardsResult.WouldDelete(21, 200));
        assertThat(rig.all()).hasSize(200);
        assertThat(counts(rig.pushes.finish(DUPONT, push, Rest.DELETE, OptionalLong.of(21), SUITE)).deleted()).isEqualTo(21);
    }

    @Test
    void asksBeforeItRemovesHalfOrAllOfAFew() throws Exception {
        rig.merge(SUITE, lines(5));
        var half = rig.begin(SUITE);
        rig.add(half, Arrays.copyOfRange(lines(5), 3, 5));
        assertThat(rig.finish(half, Rest.DELETE)).isEqualTo(new CardsResult.WouldDelete(3, 5));
        var renamed = rig.begin(SUITE);
        rig.add(renamed, "{'relation':'1'}", "{'relation':'2'}", "{'relation':'3'}", "{'relation':'4'}", "{'relation':'5'}", "{'relation':'6'}");
        assertThat(rig.finish(renamed, Rest.DELETE)).describedAs("all that were there").isEqualTo(new CardsResult.WouldDelete(5, 5));
        var empty = rig.begin(SUITE);
        assertThat(rig.finish(empty, Rest.DELETE)).isEqualTo(new CardsResult.WouldDelete(11, 11));
        assertThat(counts(rig.finish(empty, Rest.KEEP)).deleted()).isZero();
    }

    @Test
    void asksNothingAboutWhatItsLinesDelete() throws Exception {
        rig.merge(SUITE, lines(60));
        var push = rig.begin(SUITE);
        rig.add(push, Arrays.stream(lines(30)).map(line -> line.replace("}", ",'delete':true}")).toArray(String[]::new));
        rig.add(push, Arrays.copyOfRange(lines(60), 31, 60));
        assertThat(counts(rig.finish(push, Rest.DELETE)).deleted()).describedAs("thirty said so, one unnamed of thirty").isEqualTo(31);
    }

    @Test
    void goesOnWhereItsRemovingWasCutOff() throws Exception {
        rig.merge(SUITE, lines(300));
        var push = rig.begin(SUITE);
        rig.add(push, Arrays.copyOfRange(lines(300), 250, 300));
        var lease = ((CardLease.Taken) CardLease.take(rig.writer, DUPONT, SUITE, CardLease.Purpose.PUSH)).lease();
        var row = database.reading(statements -> PushRow.read(statements, DUPONT)).orElseThrow();
        var piece = Arrays.stream(lines(100)).map(line -> CardEdit.delete(new RelationId(line.substring(13, 20)))).toList();
        new CardSeries(rig.writer, new CardSeries.Rest(false, () -> 0, _ -> {}), lease, DUPONT, SUITE, 0, 0,
                (transaction, number, tally) -> row.count(transaction.statements(), number, tally)).write(piece);
        lease.close();
        assertThat(rig.all()).hasSize(200);
        assertThat(rig.finish(push, Rest.DELETE)).describedAs("what is left to remove").isEqualTo(new CardsResult.WouldDelete(150, 300));
        assertThat(counts(rig.pushes.finish(DUPONT, push, Rest.DELETE, OptionalLong.of(250), SUITE)).deleted()).isEqualTo(250);
        assertThat(rig.version(3).cards()).isEqualTo(250);
    }

    @Test
    void keepsTheCardsOfBadLines() throws Exception {
        rig.merge(SUITE, lines(30));
        var push = rig.begin(SUITE);
        var said = lines(30);
        said[7] = "{'relation':'R-00008','partner':'nonsense'}";
        assertThat(counts(rig.pushes.add(DUPONT, push, rig.body(said), options(Mode.MERGE, OnError.SKIP), SUITE)).refusals()).isOne();
        assertThat(counts(rig.finish(push, Rest.DELETE))).isEqualTo(new CardCounts(2, 0, 0, 29, 0, 1, List.of()));
        assertThat(rig.all()).hasSize(30);
    }

    @Test
    void removesNothingWhenItCanNotKnowWhatWasNamed() throws Exception {
        rig.merge(SUITE, lines(30));
        var push = rig.begin(SUITE);
        var said = lines(30);
        said[7] = "{'relation':'R-0000";
        rig.pushes.add(DUPONT, push, rig.body(said), options(Mode.MERGE, OnError.SKIP), SUITE);
        assertThat(rig.finish(push, Rest.DELETE)).isInstanceOfSatisfying(CardsResult.Conflict.class,
                why -> assertThat(why.code()).isEqualTo("push-incomplete"));
        assertThat(rig.finish(push, Rest.KEEP)).isInstanceOf(CardsResult.Written.class);
    }

    @Test
    void endsAfterAnHourWithWhatItHasWritten() throws Exception {
        var push = rig.begin(SUITE);
        rig.add(push, lines(3));
        rig.time.advance(Duration.ofHours(1));
        assertThat(rig.add(push, lines(4))).isEqualTo(new CardsResult.Missing());
        assertThat(rig.finish(push, Rest.DELETE)).isEqualTo(new CardsResult.Missing());
        PushRow.endOld(rig.writer);
        assertThat(names()).isZero();
        assertThat(rig.all()).hasSize(3);
        assertThat(rig.version(2).cards()).isEqualTo(3);
    }

    @Test
    void takesThePlaceOfTheSameAppsUnfinishedOne() throws Exception {
        rig.merge(SUITE, lines(30));
        var first = rig.begin(SUITE);
        rig.add(first, lines(30));
        var second = rig.begin(SUITE);
        assertThat(rig.add(first, lines(1))).isEqualTo(new CardsResult.Missing());
        assertThat(rig.finish(second, Rest.DELETE)).describedAs("what the first named is forgotten").isEqualTo(new CardsResult.WouldDelete(30, 30));
    }

    @Test
    void isNobodyElses() throws Exception {
        var push = rig.begin(SUITE);
        assertThat(rig.pushes.begin(DUPONT, OTHER_APP)).isInstanceOfSatisfying(CardPushes.NotBegun.class,
                refused -> assertThat(refused.why()).isInstanceOfSatisfying(CardsResult.Conflict.class,
                        why -> assertThat(why.code()).isEqualTo("cards-kept-by")));
        assertThat(rig.pushes.begin(DUPONT, OPERATOR)).isInstanceOfSatisfying(CardPushes.NotBegun.class,
                refused -> assertThat(refused.why()).isInstanceOfSatisfying(CardsResult.Conflict.class,
                        why -> assertThat(why.code()).isEqualTo("push-under-way")));
        assertThat(rig.pushes.add(DUPONT, push, rig.body(lines(1)), options(Mode.MERGE, OnError.REFUSE), OPERATOR))
                .isEqualTo(new CardsResult.Missing());
        assertThat(rig.pushes.add(DUPONT, "x", rig.body(lines(1)), options(Mode.MERGE, OnError.REFUSE), SUITE)).isEqualTo(new CardsResult.Missing());
    }

    @Test
    void endsWhenPeopleTakeTheCardsOver() throws Exception {
        var push = rig.begin(SUITE);
        rig.add(push, lines(3));
        rig.cards.takeOver(DUPONT, JAN);
        assertThat(rig.add(push, lines(4))).isInstanceOf(CardsResult.Conflict.class);
        rig.cards.giveBack(DUPONT, JAN);
        assertThat(rig.add(push, lines(4))).isEqualTo(new CardsResult.Missing());
        assertThat(rig.all()).hasSize(3);
    }

    @Test
    void isUndoneWhereItStillIsAsItWas() throws Exception {
        rig.merge(SUITE, lines(150));
        var before = rig.all();
        var push = rig.begin(SUITE);
        rig.add(push, "{'relation':'R-00001','delete':true}", "{'relation':'R-00002','name':'wrong'}", "{'relation':'R-00003','name':'wrong'}",
                "{'relation':'new'}");
        rig.pushes.finish(DUPONT, push, Rest.DELETE, OptionalLong.of(147), SUITE);
        assertThat(rig.all()).containsOnlyKeys("R-00002", "R-00003", "new");
        rig.put(SUITE, "R-00003", "{'name':'right'}");
        var undone = rig.undo.run(DUPONT, rig.version(3), SUITE);
        assertThat(undone).isEqualTo(new UndoResult.Undone(5, 150, List.of(new RelationId("R-00003")), List.of()));
        before.put("R-00003", "{'name':'right'}");
        assertThat(rig.all()).isEqualTo(before);
        assertThat(rig.version(5)).extracting(Version::undoes, Version::cards).containsExactly(3L, 150L);
        assertThat(rig.replayed()).isEqualTo(rig.all());
    }

    @Test
    void isUndoneByTheHistory() throws Exception {
        rig.merge(SUITE, lines(3));
        assertThat(rig.history.undo(DUPONT, 2, SUITE)).isEqualTo(new UndoResult.Undone(3, 3, List.of(), List.of()));
        assertThat(rig.history.undo(DUPONT, 2, SUITE)).describedAs("said twice").isEqualTo(new UndoResult.Undone(3, 0, List.of(), List.of()));
        assertThat(rig.history.undo(DUPONT, 3, SUITE)).isEqualTo(new UndoResult.Undone(4, 3, List.of(), List.of()));
        assertThat(rig.history.undo(DUPONT, 4, JAN)).isInstanceOf(UndoResult.NotUndone.class);
        assertThat(rig.all()).hasSize(3);
    }

    @Test
    void isNotUndoneWhenItsCardsAreForgotten() throws Exception {
        rig.merge(SUITE, lines(3));
        rig.writer.write(transaction -> transaction.statements().update("delete from card_change"));
        assertThat(rig.history.undo(DUPONT, 2, SUITE)).isInstanceOfSatisfying(UndoResult.NotUndone.class,
                refused -> assertThat(refused.why()).isInstanceOf(ChangeResult.Conflict.class));
    }

    private long names() throws SQLException {
        return database.reading(statements -> statements.first("select count(*) from card_push_name", row -> row.getLong(1))).orElseThrow();
    }
}
