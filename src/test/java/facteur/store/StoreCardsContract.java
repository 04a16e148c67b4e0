package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.Lookup;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many cards that are asked for at once are those that are asked for one by one.
abstract class StoreCardsContract extends StoreRig {
    @BeforeEach
    void cards() throws Exception {
        for (var i = 0; i < 150; i++) {
            card("dupont", "R-" + i, "{\"responsible\": [\"r" + i + "@dupont.example\"]}", i);
        }
        card("dupont", "\u00e9", "{\"partner\": [\"p@dupont.example\"]}", 7);
        card("dupont", "wrong", "{\"partner\": [\"no address\"]}", 8);
        card("dupont", "foreign", "{", 9);
        card("durand", "R-9", "{\"partner\": [\"stranger@durand.example\"]}", 1);
        card("durand", "D-1", "{\"partner\": [\"stranger@durand.example\"]}", 1);
    }

    private void card(String office, String relation, String people, long version) throws Exception {
        database.inTransaction(statements -> statements.update(
                "insert into card (office, relation, name, people, version, changed_at) values (?, ?, '', ?, ?, 0)",
                office, relation, people, version));
    }

    private void agrees(String... relations) {
        var asked = Set.of(relations).stream().map(RelationId::new).collect(Collectors.toCollection(LinkedHashSet::new));
        var source = source();
        assertThat(source.relations(DUPONT, asked)).hasSize(relations.length).allSatisfy((relation, found) -> assertThat(found)
                .isEqualTo(source.relation(DUPONT, relation)));
    }

    @Test
    void asManyAsAreThere() {
        agrees(IntStream.range(0, source().cardsAtOnce()).mapToObj(i -> "R-" + i).toArray(String[]::new));
        agrees("R-1");
        agrees();
    }

    @Test
    void thoseThatAreNot() {
        agrees("R-1", "R-1000", "D-1", "R-9", "' or 1 = 1 --");
        assertThat(source().relations(DUPONT, Set.of(new RelationId("D-1"))).values()).allMatch(Lookup.Missing.class::isInstance);
    }

    /// An accent beside its letter, or not.
    @Test
    void thoseThatAreWrittenInAnotherForm() {
        agrees("\u00e9", "e\u0301");
        assertThat(source().relations(DUPONT, Set.of(new RelationId("e\u0301"))).values())
                .allMatch(found -> found instanceof Lookup.Found<RelationCard>(var card, _) && card.version().equals("v7"));
    }

    @Test
    void thoseThatCanNotBeUsed() {
        agrees("wrong", "foreign", "R-2");
        assertThat(source().relations(DUPONT, Set.of(new RelationId("wrong"))).values()).allMatch(Lookup.Unusable.class::isInstance);
    }
}
