package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.Lookup;
import facteur.office.RelationId;
import facteur.office.Role;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Relation cards in files.
final class FilesCardsTest extends FilesSourceRig {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {collaborator: Jan}             | relations.R-1.collaborator: not a mailbox
            {boss: jan@d.example}           | relations.R-1.boss: unknown key
            {partner: {jan: jan@d.example}} | relations.R-1.partner: must be a single value
            jan@d.example                   | relations.R-1: must be a mapping
            """)
    void aCardWithAMistakeTouchesNoOther(String card, String problem) throws IOException {
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: " + card + ", R-2: { partner: q@d.example } }\n");
        assertThat(problems.list()).singleElement().asString().contains(problem);
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        assertThat(source.relation(DUPONT, new RelationId("R-1"))).isInstanceOf(Lookup.Unusable.class);
        assertThat(found(source.relation(DUPONT, new RelationId("R-2"))).people(Role.PARTNER)).hasSize(1);
    }

    @Test
    void aCardThatWasGoodStaysWhatItWas() throws IOException {
        write("dupont.relations.csv", "relation,partner\nR-7,p@d.example\n");
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: { partner: q@d.example } }\n");
        write("dupont.yaml", "company: new@d.example\nrelations: { R-1: { partner: nonsense }, R-3: { partner: nonsense } }\n");
        write("dupont.relations.csv", "relation,partner\nR-7,nonsense\nR-8,r@d.example\n");
        assertThat(found(source.office(DUPONT)).company().address().localPart()).isEqualTo("new");
        assertThat(found(source.relation(DUPONT, new RelationId("R-1"))).people(Role.PARTNER)).hasSize(1);
        assertThat(found(source.relation(DUPONT, new RelationId("R-7"))).people(Role.PARTNER)).hasSize(1);
        assertThat(found(source.relation(DUPONT, new RelationId("R-8"))).people(Role.PARTNER)).hasSize(1);
        assertThat(source.relation(DUPONT, new RelationId("R-3"))).isInstanceOf(Lookup.Unusable.class);
    }

    @Test
    void cardsThatCantBeReadAtAllDontStopTheOffice() throws IOException {
        write("dupont.relations.csv", "boss\np@d.example\n");
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: { partner: q@d.example } }\n");
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        assertThat(source.relation(DUPONT, new RelationId("R-1"))).describedAs("the other file may say otherwise")
                .isInstanceOf(Lookup.Unusable.class);
        write("dupont.relations.csv", "\uFEFFrelation,partner\nR-7,p@d.example\n");
        assertThat(source.relation(DUPONT, new RelationId("R-7"))).isInstanceOf(Lookup.Found.class);
        write("dupont.relations.csv", "relation,prtner\nR-7,other@d.example\n");
        assertThat(found(source.relation(DUPONT, new RelationId("R-7"))).people(Role.PARTNER)).extracting(Object::toString)
                .containsExactly("p@d.example");
    }

    @Test
    void readsAGroupOnACard() throws IOException {
        var source =
                read("dupont", "company: o@d.example\nrelations: { R-1: { partner: \"Partners: a@d.example, B <b@d.example>;, c@d.example\" } }\n");
        assertThat(problems.list()).isEmpty();
        assertThat(found(source.relation(DUPONT, new RelationId("R-1"))).people(Role.PARTNER)).extracting(Object::toString)
                .containsExactly("a@d.example", "B <b@d.example>", "c@d.example");
    }

    @Test
    void theVersionNamesTheCardsToo() throws IOException {
        write("dupont.relations.csv", "relation,partner\nR-7,p@d.example\n");
        var source = read("dupont", "company: o@d.example\n");
        var first = found(source.office(DUPONT)).version();
        write("dupont.relations.csv", "relation,partner\nR-7,other@d.example\n");
        var second = found(source.office(DUPONT)).version();
        assertThat(second).isNotEqualTo(first).startsWith(first.substring(0, 12));
    }

    @Test
    void aPersonOnACardCountsOnce() throws IOException {
        var source = read("dupont", """
                company: o@d.example
                relations: { R-1: { partner: [a@d.example, A@D.example, b@d.example, c@d.example, d@d.example, e@d.example, f@d.example] } }
                """);
        assertThat(found(source.relation(DUPONT, new RelationId("R-1"))).people(Role.PARTNER))
                .extracting(person -> person.address().localPart())
                .isEqualTo(List.of("a", "b", "c", "d", "e", "f"));
    }

    @Test
    void cardsMayLieInACsvFileBesideTheOffice() throws IOException {
        write("dupont.relations.csv", "relation,partner\nR-7,p@d.example\n");
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: { partner: q@d.example } }\n");
        assertThat(problems.list()).isEmpty();
        assertThat(found(source.relation(DUPONT, new RelationId("R-7"))).people(Role.PARTNER)).hasSize(1);
        assertThat(found(source.relation(DUPONT, new RelationId("R-1"))).people(Role.PARTNER)).hasSize(1);
        assertThat(source.relation(DUPONT, new RelationId("R-8"))).isEqualTo(new Lookup.Missing<>());
    }
}
