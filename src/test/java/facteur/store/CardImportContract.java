package facteur.store;

import static facteur.store.CardRig.DUPONT;
import static facteur.store.CardRig.JAN;
import static facteur.store.CardRig.OPERATOR;
import static facteur.store.CardRig.OTHER_APP;
import static facteur.store.CardRig.SUITE;
import static facteur.store.CardRig.counts;
import static facteur.store.CardRig.lines;
import static facteur.store.CardRig.options;
import static facteur.store.CardRig.problems;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.database.Database;
import facteur.store.CardImport.Format;
import facteur.store.CardImport.Mode;
import facteur.store.CardImport.OnError;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies of many cards, on a real database.
abstract class CardImportContract {
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
    void writesOneVersionAndCountsWhatChanged() throws Exception {
        assertThat(counts(rig.merge(SUITE,
                "{'relation':'R-1','name':'Peeters','collaborator':['Jan Janssens <jan@d.example>'],'partner':'a@d.example, b@d.example'}",
                "", "{'relation':'R-2','responsible':[]}")))
                .isEqualTo(new CardCounts(2, 2, 0, 0, 0, 0, List.of()));
        assertThat(rig.all()).containsExactly(
                entry("R-1", "{'name':'Peeters','collaborator':['Jan Janssens <jan@d.example>'],'partner':['a@d.example','b@d.example']}"),
                entry("R-2", "{}"));
        assertThat(counts(
                rig.merge(SUITE, "{'relation':'R-1','name':'Maes'}", "{'relation':'R-2'}", "{'relation':'R-3','delete':true}", "{'relation':'R-4'}")))
                .isEqualTo(new CardCounts(3, 1, 1, 2, 0, 0, List.of()));
        assertThat(counts(rig.merge(SUITE, "{'relation':'R-4','delete':true}")).deleted()).isOne();
        assertThat(rig.version(3)).extracting(Version::kind, Version::cards, version -> version.author().actor())
                .containsExactly(ChangeKind.CARDS, 2L, "suite");
        assertThat(rig.replayed()).isEqualTo(rig.all());
    }

    @Test
    void makesNoVersionWhereNothingChanges() throws Exception {
        var once = counts(rig.merge(SUITE, lines(250)));
        assertThat(once.created()).isEqualTo(250);
        assertThat(counts(rig.merge(SUITE, lines(250)))).isEqualTo(new CardCounts(once.version(), 0, 0, 250, 0, 0, List.of()));
        assertThat(rig.version()).isEqualTo(once.version());
    }

    @Test
    void mergesWhatIsNamedAndReplacesTheCard() throws Exception {
        rig.merge(SUITE, "{'relation':'R-1','name':'Peeters','collaborator':'a@d.example','partner':'b@d.example','senior':'s@d.example'}");
        rig.merge(SUITE, "{'relation':'R-1','partner':null,'senior':[]}");
        assertThat(rig.all()).containsEntry("R-1", "{'name':'Peeters','collaborator':['a@d.example']}");
        rig.imports.run(DUPONT, rig.body("{'relation':'R-1','partner':['c@d.example']}"), options(Mode.REPLACE, OnError.REFUSE), SUITE);
        assertThat(rig.all()).containsEntry("R-1", "{'partner':['c@d.example']}");
    }

    @Test
    void refusesTheWholeBodyWithEveryProblemAndItsLine() throws Exception {
        assertThat(problems(rig.merge(SUITE,
                "{'relation':'R-1','partner':'a@d.example'}", "{'relation':'R-2','partner':'nonsense'}", "no json", "{'partner':[]}",
                "{'relation':'','colaborator':[]}", "{'relation':7}", "['R-1']", "{'relation':'R-8','name':['x'],'delete':'yes'}",
                "{'relation':'R-9','partner':{}}", "{'relation':'R-10','partner':[1]}")))
                .containsExactly(
                        "body:2: partner: not a mailbox: nonsense",
                        "body:3: column 1: Unrecognized token 'no': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                        "body:4: relation: is missing",
                        "body:5: relation: not a relation id: empty, over 128 characters, or with control characters",
                        "body:5: colaborator: unknown key; did you mean 'collaborator'?",
                        "body:6: relation: must be a text: \"7\"",
                        "body:7: a list, where each line is a card: write one object per line",
                        "body:8: name: must be a text",
                        "body:8: delete: must be true or false",
                        "body:9: partner: must be a mailbox, or a list of them",
                        "body:10: partner: must be a list of texts, each a mailbox");
        assertThat(rig.all()).isEmpty();
        assertThat(rig.version()).isOne();
    }

    @Test
    void skipsBadLinesAndTellsThem() throws Exception {
        var counts = counts(rig.imports.run(DUPONT,
                rig.body("{'relation':'R-1'}", "bad", "{'relation':'R-2'}", "{'relation':'R-3'}", "{'relation':'R-2','name':'x'}"),
                options(Mode.MERGE, OnError.SKIP), SUITE));
        assertThat(counts.refused()).extracting(Object::toString).containsExactly(
                "body:2: column 1: Unrecognized token 'bad': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                "body:3: relation: another card for R-2 is in line 5",
                "body:5: relation: a second card for R-2: the first is in line 3");
        assertThat(counts.refusals()).isEqualTo(3);
        assertThat(rig.all()).containsOnlyKeys("R-1", "R-3");
    }

    @Test
    void refusesTheSameClientTwiceHoweverItsAccentsAreWritten() throws Exception {
        assertThat(problems(rig.merge(SUITE, "{'relation':'Caf\u00e9'}", "{'relation':'Cafe\u0301'}"))).hasSize(2);
        rig.merge(SUITE, "{'relation':'Cafe\u0301'}");
        assertThat(rig.card("Caf\u00e9")).isPresent();
        assertThat(counts(rig.merge(SUITE, "{'relation':'Caf\u00e9'}")).unchanged()).isOne();
    }

    @Test
    void listsAThousandProblemsAndCountsTheRest() throws Exception {
        var bad = new String[1_500];
        Arrays.fill(bad, "{}");
        assertThat(rig.merge(SUITE, bad)).isInstanceOfSatisfying(CardsResult.Refused.class, refused -> {
            assertThat(refused.count()).isEqualTo(1_500);
            assertThat(refused.problems()).hasSize(1_000);
        });
    }

    @Test
    void survivesLinesThatAreMadeToHurt() throws Exception {
        var bombs = List.of(
                "[".repeat(60_000), "{\"relation\":" + "9".repeat(60_000) + "}",
                "{\"relation\":\"R\",\"partner\":" + "[".repeat(100) + "]".repeat(100) + "}",
                "{\"relation\":\"" + "x".repeat(200_000) + "\"}", "{\"relation\":\"R\",\"name\":1e999999999}", "\u0000", "&a [*a]");
        for (var bomb : bombs) {
            assertThat(problems(rig.imports.run(DUPONT, rig.file(bomb.getBytes(UTF_8)), options(Mode.MERGE, OnError.REFUSE), SUITE))).hasSize(1);
        }
        assertThat(problems(rig.imports.run(DUPONT, rig.file(new byte[] {'{', (byte) 0xff, '}'}), options(Mode.MERGE, OnError.REFUSE), SUITE)))
                .containsExactly("body:1: the line is not UTF-8");
        assertThat(counts(
                rig.imports.run(DUPONT, rig.file("\uFEFF{\"relation\":\"R\"}\r\n\r\n".getBytes(UTF_8)), options(Mode.MERGE, OnError.REFUSE), SUITE))
                .created())
                .isOne();
    }

    @Test
    void writesInPiecesAndLeavesTheWriterAloneBetweenThem() throws Exception {
        assertThat(counts(rig.merge(SUITE, lines(450))).created()).isEqualTo(450);
        assertThat(rig.pauses).hasSize(database.dialect().hasOneWriter() ? 5 : 0);
        assertThat(rig.version(2).cards()).isEqualTo(450);
        assertThat(rig.version()).isEqualTo(2);
    }

    @Test
    void takesCsv() throws Exception {
        assertThat(
                counts(rig.csv(SUITE, "Relation;name;partner;delete", "R-1;Peeters;'''Janssens, Jan'' <jan@d.example>';", "R-2;;;", ";;;")).created())
                .isEqualTo(2);
        assertThat(rig.all()).containsEntry("R-1", "{'name':'Peeters','partner':['\\'Janssens, Jan\\' <jan@d.example>']}");
        assertThat(counts(rig.csv(SUITE, "relation,partner,delete", "R-1,,0", "R-2,,1"))).isEqualTo(new CardCounts(3, 0, 1, 0, 1, 0, List.of()));
        assertThat(rig.all()).containsExactly(entry("R-1", "{'name':'Peeters'}"));
    }

    @Test
    void tellsWhatIsWrongWithCsv() throws Exception {
        assertThat(problems(rig.csv(SUITE, "relation,colaborator", "R-1,"))).containsExactly(
                "body:1: colaborator: unknown column; known are collaborator, name, partner, relation, responsible, senior, substitute; did you mean 'collaborator'?");
        assertThat(problems(rig.csv(SUITE, "relation,partner", "R-1,nonsense", "R-2", "R-3,'a", "R-4,b@d.example"))).containsExactly(
                "body:2: partner: not a mailbox: nonsense", "body:3: has 1 cell, not 2",
                "body:4: a quote is not closed on its line: nothing of it counts, since it may swallow other cards");
        assertThat(problems(rig.csv(SUITE, "relation,delete", "R-1,perhaps"))).containsExactly("body:2: delete: 'perhaps' is not one of true, false");
        assertThat(problems(rig.csv(SUITE, ""))).containsExactly("body: is empty: its first line must name the columns");
        assertThat(problems(rig.csv(SUITE, "sep=;", "relation"))).hasSize(1);
        assertThat(problems(rig.imports.run(DUPONT, rig.file("relation\né".getBytes(ISO_8859_1)),
                new CardImport.Options(Format.CSV, Mode.MERGE, OnError.SKIP), SUITE))).containsExactly("body: the text is not UTF-8");
        assertThat(rig.all()).isEmpty();
    }

    @Test
    void plansWithoutWriting() throws Exception {
        rig.merge(OPERATOR, "{'relation':'R-1'}", "{'relation':'R-2'}", "{'relation':'R-7'}", "{'relation':'R-8'}");
        var plan = plan("{'relation':'R-1','name':'x'}", "{'relation':'R-2'}", "{'relation':'R-3'}", "{'relation':'R-8','partner':'no'}");
        assertThat(plan.counts()).extracting(CardCounts::created, CardCounts::changed, CardCounts::unchanged, CardCounts::refusals)
                .containsExactly(1L, 1L, 1L, 1L);
        assertThat(plan.unnamed()).as("R-7: a client of a bad line is named").isOne();
        assertThat(plan.isVague()).isFalse();
        assertThat(plan("bad").isVague()).isTrue();
        assertThat(rig.all()).containsOnlyKeys("R-1", "R-2", "R-7", "R-8");
    }

    private CardPlan.Known plan(String... lines) throws SQLException, IOException {
        return (CardPlan.Known) rig.imports.plan(DUPONT, rig.body(lines), options(Mode.MERGE, OnError.SKIP));
    }

    @Test
    void belongsToTheAppThatPushesUntilPeopleTakeOver() throws Exception {
        assertThat(rig.put(JAN, "R-1", "{}")).isInstanceOf(ChangeResult.Changed.class);
        rig.merge(SUITE, "{'relation':'R-1'}");
        assertThat(rig.keeper()).isEqualTo("suite");
        assertThat(rig.put(JAN, "R-1", "{'name':'x'}")).isEqualTo(new ChangeResult.Conflict("cards-kept-by", "the cards are kept by the app suite"));
        assertThat(rig.merge(OTHER_APP, "{'relation':'R-1'}")).isInstanceOf(CardsResult.Conflict.class);
        assertThat(rig.put(OTHER_APP, "R-1", "{'name':'x'}")).isInstanceOf(ChangeResult.Conflict.class);
        assertThat(rig.merge(OPERATOR, "{'relation':'R-2'}")).isInstanceOf(CardsResult.Written.class);
        assertThat(rig.cards.takeOver(DUPONT, JAN)).isInstanceOf(ChangeResult.Changed.class);
        assertThat(rig.version(rig.version()).author().note()).isEqualTo("people have taken the cards over");
        assertThat(rig.put(JAN, "R-1", "{'name':'x'}")).isInstanceOf(ChangeResult.Changed.class);
        assertThat(rig.merge(SUITE, "{'relation':'R-1'}"))
                .isEqualTo(new CardsResult.Conflict("cards-kept-by", "the cards are kept by people: they took them over in the console"));
        assertThat(rig.cards.giveBack(DUPONT, JAN)).isInstanceOf(ChangeResult.Changed.class);
        assertThat(rig.cards.giveBack(DUPONT, JAN)).isInstanceOf(ChangeResult.Unchanged.class);
        assertThat(rig.merge(OTHER_APP, "{'relation':'R-1'}")).isInstanceOf(CardsResult.Written.class);
        assertThat(rig.keeper()).isEqualTo("crm");
    }

    @Test
    void isBusyWhileAnotherWritesAndNotForLongAfterItsDeath() throws Exception {
        var held = CardLease.take(rig.writer, DUPONT, SUITE, CardLease.Purpose.PUSH);
        assertThat(held).isInstanceOf(CardLease.Taken.class);
        assertThat(rig.merge(SUITE, "{'relation':'R-1'}")).isEqualTo(new CardsResult.Busy());
        assertThat(rig.put(SUITE, "R-1", "{}")).describedAs("a single card waits for nothing").isInstanceOf(ChangeResult.Changed.class);
        rig.time.advance(Duration.ofSeconds(15));
        assertThat(rig.merge(SUITE, "{'relation':'R-1','name':'x'}")).isInstanceOf(CardsResult.Written.class);
        assertThat(CardLease.take(rig.writer, DUPONT, SUITE, CardLease.Purpose.PUSH)).isInstanceOf(CardLease.Taken.class);
        CardLease.releaseDead(rig.writer);
        assertThat(rig.merge(SUITE, "{'relation':'R-1'}") instanceof CardsResult.Written).isEqualTo(database.dialect().hasOneWriter());
    }

    /// A process died while its clock was two days ahead.
    @Test
    void isNotBusyForAsLongAsAClockWasWrong() throws Exception {
        rig.time.advance(Duration.ofDays(2));
        assertThat(CardLease.take(rig.writer, DUPONT, SUITE, CardLease.Purpose.PUSH)).isInstanceOf(CardLease.Taken.class);
        rig.time.advance(Duration.ofDays(-2).plusMinutes(-1));
        assertThat(rig.merge(SUITE, "{'relation':'R-1'}")).isInstanceOf(CardsResult.Written.class);
    }

    @Test
    void stopsWhenItsTurnIsOver() throws Exception {
        var lease = ((CardLease.Taken) CardLease.take(rig.writer, DUPONT, SUITE, CardLease.Purpose.PUSH)).lease();
        rig.time.advance(Duration.ofSeconds(15));
        assertThat(CardLease.take(rig.writer, DUPONT, SUITE, CardLease.Purpose.PUSH)).isInstanceOf(CardLease.Taken.class);
        var series = new CardSeries(rig.writer, new CardSeries.Rest(false, () -> 0, _ -> {}), lease, DUPONT, SUITE, 0, 0, CardSeries.Progress.NONE);
        assertThat(series.write(edits("{'relation':'R-1'}"))).hasValueSatisfying(why -> assertThat(why).isInstanceOf(CardsResult.Conflict.class));
        assertThat(rig.all()).isEmpty();
    }

    /// Another's change of a single card comes between two pieces, which then want that card: each card's history stays in order.
    @Test
    void keepsTheHistoryInOrderWhenOthersComeBetween() throws Exception {
        var lease = ((CardLease.Taken) CardLease.take(rig.writer, DUPONT, OPERATOR, CardLease.Purpose.EDIT)).lease();
        var series =
                new CardSeries(rig.writer, new CardSeries.Rest(false, () -> 0, _ -> {}), lease, DUPONT, OPERATOR, 0, 0, CardSeries.Progress.NONE);
        series.write(edits("{'relation':'R-1'}"));
        rig.put(JAN, "R-2", "{'name':'Jan'}");
        series.write(edits("{'relation':'R-3'}"));
        assertThat(series.number()).isEqualTo(2);
        series.write(edits("{'relation':'R-2','name':'suite'}"));
        assertThat(series.number()).isEqualTo(4);
        assertThat(rig.version(2).cards()).isEqualTo(2);
        assertThat(rig.all()).containsEntry("R-2", "{'name':'suite'}");
        assertThat(rig.replayed()).isEqualTo(rig.all());
    }

    @Test
    void knowsNoOfficeThatIsNotThere() throws SQLException, IOException {
        assertThat(rig.imports.run(new OfficeId("nobody"), rig.body("{'relation':'R-1'}"), options(Mode.MERGE, OnError.REFUSE), OPERATOR))
                .isEqualTo(new CardsResult.Missing());
        assertThat(rig.imports.plan(new OfficeId("nobody"), rig.body("{'relation':'R-1'}"), options(Mode.MERGE, OnError.REFUSE)))
                .isEqualTo(new CardPlan.Unknown(new CardsResult.Missing()));
    }

    @Test
    void tellsCachesWhatChanged() throws Exception {
        var changes = new ArrayList<StoreChange>();
        rig.writer.onChange(changes::add);
        rig.merge(SUITE, "{'relation':'R-1'}");
        rig.merge(SUITE, lines(50));
        assertThat(changes).containsExactly(StoreChange.ofCard(DUPONT, new RelationId("R-1")), StoreChange.ofCards(DUPONT));
    }

    private static List<CardEdit> edits(String line) {
        var input = new CardInputReader(CardRig.ROLES).read(CardRig.json(line), new LineProblems("body", 1));
        return List.of(input.orElseThrow().edit(Mode.MERGE, CardRig.ROLES));
    }
}
