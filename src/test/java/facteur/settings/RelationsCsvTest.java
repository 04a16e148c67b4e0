package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import facteur.fixture.ArbitraryOffices;
import facteur.fixture.TestTime;
import facteur.office.Lookup;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.platform.config.Problem;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RelationsCsvTest {
    private final Problems problems = new Problems();

    @Test
    void readsCards() {
        var cards = read("relation,collaborator,substitute,responsible,partner\n"
                + "R-1,Jan Janssens <jan@d.example>,,\"Peeters, An <an@d.example>\",\n"
                + "R-2,,\"a@d.example, B <b@d.example>\",,\"\"\"Quoted\"\" <q@d.example>\"\r\n");
        assertThat(problems.list()).extracting(Object::toString).singleElement().asString().contains(":2: responsible: not a mailbox");
        assertThat(cards).doesNotContainKey(new RelationId("R-1"));
        assertThat(cards.getOrDefault(new RelationId("R-2"), RelationCard.EMPTY).people(Role.SUBSTITUTE)).hasSize(2);
        assertThat(cards.getOrDefault(new RelationId("R-2"), RelationCard.EMPTY).people(Role.PARTNER)).extracting(Object::toString)
                .containsExactly("Quoted <q@d.example>");
        assertThat(cards.getOrDefault(new RelationId("R-2"), RelationCard.EMPTY).people(Role.COLLABORATOR)).isEmpty();
    }

    @Test
    void columnsMayBeLeftOutOrInAnotherOrder() {
        var cards = read("partner,relation\na@d.example,R-1\n");
        assertThat(problems.list()).isEmpty();
        assertThat(cards.getOrDefault(new RelationId("R-1"), RelationCard.EMPTY).people(Role.PARTNER)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            relation,boss\\nR-1,a@d.example            | :1: boss: unknown column
            relation,seniro\\nR-1,a@d.example          | unknown column; known are collaborator, invoicing, name, partner, relation,
            relation,seniro\\nR-1,a@d.example          | ; did you mean 'senior'?
            relation,name,Name\\nR-1,a,b               | :1: name: this column comes twice
            relation,name,partner\\nR-1,Peeters, Gent, | :2: has 4 cells, not 3: a cell that holds the separator stands in quotes
            partner\\na@d.example                       | :1: relation: this column is missing
            relation,partner\\n,a@d.example             | :2: relation: not a relation id
            relation,partner\\nR-1,Jan                  | :2: partner: not a mailbox: Jan
            relation,partner\\nR-1,\\nR-1,a@d.example    | :3: relation: a second card for R-1
            relation,partner\\nR-1,a@d.example,x        | :2: has 3 cells, not 2
            relation,partner\\nR-1                      | :2: has 1 cell, not 2
            relation,relation\\nR-1,R-2                 | :1: relation: this column comes twice
            relation,partner,Partner\\nR-1,,a@d.example | :1: partner: this column comes twice
            relation,boss                               | :1: boss: unknown column
            relation;boss\\nR-1;a@d.example             | :1: boss: unknown column
            sep=;\\nrelation;partner                    | :1: 'sep=;' is a line for Excel alone
            relation,partner,\\nR-1,,a@d.example        | :2: a cell below no name of a column: a@d.example
            relation,partner\\nR-1;a@d.example          | :2: has 1 cell, not 2
            relation,partner\\n\\nR-1,"a@d.example"x    | :3: nothing of the file counts: Unexpected character after closing quote: 'x'
            relation,partner\\nR-1,"a@d.example,\\nR-2,"b@d.example"\\n | :2: nothing of the file counts: Unexpected character after closing quote: 'b'
            relation,partner\\nR-1,"a@d.example\\nR-2,b@d.example\\n | :2: a quote is not closed on its line
            relation,partner\\nR-1,\\nR-2,"b@d.exam     | :3: a quote is not closed on its line
            relation,partner\\nR-1,"a@d.example,\\n b@d.example" | :2: a quote is not closed on its line
            ''                                          | relations.csv: is empty: its first line must name the columns
            \\n , \\n                                   | relations.csv: is empty
            sep=;\\nrelation;partner\\nR-1;a@d.example     | relations.csv:1: 'sep=;' is a line for Excel alone: delete it
            "sep=,"\\nrelation,partner\\nR-1,a@d.example   | relations.csv:1: '"sep=,"' is a line for Excel alone
            relation,partner\\nR-1;a@d.example           | relations.csv:2: has 1 cell, not 2: its cells stand between other separators
            relation,partner\\nR-1,Jan, A <a@d.example>  | relations.csv:2: has 3 cells, not 2: a cell that holds the separator stands in quotes
            relation;partner\\nR-1;Jans, A <a@d.example> | stands in quotes: "Jans, A" <a@d.example>
            """)
    void saysWhatIsWrong(String csv, String problem) {
        read(csv.replace("\\n", "\n"));
        assertThat(problems.list().stream().map(Object::toString)).anyMatch(text -> text.contains(problem));
    }

    @Test
    void columnsAreTheListedRolesAndTheClientsName() {
        var cards = read("relation,name,senior,invoicing\nR-1,\" Bakkerij \u202E\"\"Peeters\"\"  \",An <an@d.example>,\nR-2,,,\n");
        assertThat(problems.list()).isEmpty();
        var card = cards.getOrDefault(new RelationId("R-1"), RelationCard.EMPTY);
        assertThat(card.name()).isEqualTo("Bakkerij \"Peeters\"");
        assertThat(card.people(new Role("senior"))).extracting(Object::toString).containsExactly("An <an@d.example>");
        assertThat(card.people(new Role("invoicing"))).isEmpty();
        assertThat(cards).containsEntry(new RelationId("R-2"), RelationCard.EMPTY);
    }

    @Test
    void programsKnowAnUnlistedRoleByItsCodeAndTheNearest() {
        read("relation,seniro,senior,senior\n");
        assertThat(problems.list()).extracting(Problem::key, Problem::code, Problem::nearest).containsExactly(
                tuple("seniro", ProblemCode.KEY_UNKNOWN, Optional.of("senior")), tuple("senior", ProblemCode.KEY_TWICE, Optional.empty()));
    }

    @Test
    void anOfficeMayHaveNoClientsYet() {
        assertThat(read("relation,partner\n")).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    /// All of them say the same.
    @ParameterizedTest
    @ValueSource(strings = {
        "relation,partner\nR-1,\"a@d.example, b@d.example\"\n",
        "relation,partner\r\nR-1,\"a@d.example, b@d.example\"",
        "relation,partner\rR-1,\"a@d.example, b@d.example\"\r",
        "\n\"Relation\", PARTNER \n\nR-1 , \"a@d.example, b@d.example\" \n\n,\n , \n",
        "relation;partner\nR-1;a@d.example, b@d.example\n",
        "relation;partner\nR-1;\"a@d.example, b@d.example\"\n;\n",
        "relation\tpartner\nR-1\ta@d.example, b@d.example\n",
        "relation,partner,,\nR-1,\"a@d.example, b@d.example\",,\n,,,\n",
        "partner,relation,collaborator\n\"a@d.example, b@d.example\",R-1,\n"})
    void readsWhatSpreadsheetsWrite(String csv) {
        var cards = read(csv);
        assertThat(problems.list()).isEmpty();
        assertThat(cards).containsOnlyKeys(new RelationId("R-1"));
        assertThat(cards.getOrDefault(new RelationId("R-1"), RelationCard.EMPTY).people(Role.PARTNER))
                .extracting(Object::toString)
                .containsExactly("a@d.example", "b@d.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "relation,partner\nR-1,a@d.example\nR-2,\"b@d.example\nR-3,c@d.example\n",
        "relation,partner\nR-1,a@d.example\nR-2,\"b@d.example\nR-3,c@d.example\"\n",
        "relation,partner\nR-1,a@d.example\nR-2,\"b@d.example\"\" x\"y\nR-3,c@d.example\n",
        "relation,partner\nR-1,a@d.example\nR-2,\"b@d.exam",
        "relation,partner\nR-1,a@d.example\n\"R-2,b@d.example\n"})
    void aQuoteThatIsNotClosedSpoilsTheWholeFile(String csv) {
        assertThat(
                new RelationsCsv(Path.of("x"), csv, ArbitraryOffices.ROLES, problems).readInto(new Cards.Builder(Optional.empty(), TestTime.START)))
                .isFalse();
        assertThat(problems.list()).singleElement().asString().matches("x:[23]: .*");
    }

    @Test
    void aLineWithAMistakeTouchesNoOtherCard() {
        var cards = lookups(
                "relation,partner\nR-1,Jan\nR-2,a@d.example,x\nR-3,a@d.example\nR-4,a@d.example\nR-4,b@d.example\nR-4,c@d.example\n,d@d.example\n");
        assertThat(problems.list()).hasSize(5);
        assertThat(cards.card(new RelationId("R-1"))).isInstanceOf(Lookup.Unusable.class);
        assertThat(cards.card(new RelationId("R-2"))).isInstanceOf(Lookup.Unusable.class);
        assertThat(cards.card(new RelationId("R-3"))).isInstanceOf(Lookup.Found.class);
        assertThat(cards.card(new RelationId("R-4"))).describedAs("which of them is right?").isInstanceOf(Lookup.Unusable.class);
        assertThat(cards.card(new RelationId("R-5"))).isInstanceOf(Lookup.Missing.class);
    }

    /// Its replies would go to the company, as those of a client without a card.
    @ParameterizedTest
    @ValueSource(strings = {
        "collaborator,relation,partner\nJanssens, Jan <a@d.example>,R-1,b@d.example\n",
        "collaborator,relation,partner\nR-1,b@d.example\n",
        "collaborator,partner,relation\nb@d.example,R-1\n",
        "collaborator,relation,partner,\nJanssens, Jan <a@d.example>,R-1,\n",
        "relation;collaborator;partner\nR-1,,b@d.example\n",
        "relation,collaborator,partner\nR-1\t\tb@d.example\n"})
    void aClientWhoseIdHasMovedToAnotherCellHasAMistakeOnItsCard(String csv) {
        var cards = lookups(csv);
        assertThat(problems.list()).hasSize(1);
        assertThat(cards.card(new RelationId("R-1"))).isInstanceOf(Lookup.Unusable.class);
        assertThat(cards.card(new RelationId("R-2"))).isInstanceOf(Lookup.Missing.class);
    }

    private Cards lookups(String text) {
        var cards = new Cards.Builder(Optional.empty(), TestTime.START);
        new RelationsCsv(Path.of("dupont.relations.csv"), text, ArbitraryOffices.ROLES, problems).readInto(cards);
        return cards.build("1");
    }

    /// Those that can be used.
    private Map<RelationId, RelationCard> read(String text) {
        var found = new HashMap<RelationId, RelationCard>();
        lookups(text).byId().forEach((id, lookup) -> {
            if (lookup instanceof Lookup.Found<RelationCard>(var card, _)) {
                found.put(id, card);
            }
        });
        return found;
    }
}
