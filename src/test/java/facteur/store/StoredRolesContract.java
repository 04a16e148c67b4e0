package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// Cards as a source answers them, and roles that are in use.
abstract class StoredRolesContract extends StoreRig {
    private static final RelationId CAFE = new RelationId("Cafe\u0301 1");

    private void card(OfficeId office, RelationId relation, String people) throws SQLException {
        assertThat(store.cards().put(office, relation, json(people), ANY, JAN)).isInstanceOf(ChangeResult.Changed.class);
    }

    @Test
    void aCardIsAnsweredWithItsVersionInAnyFormOfItsId() throws SQLException {
        put(A);
        card(DUPONT, CAFE.composed(), "{'name': 'Caf\u00e9', 'partner': ['Jan <jan@dupont.example>']}");
        for (var relation : new RelationId[] {CAFE, CAFE.composed()}) {
            assertThat(source().relation(DUPONT, relation)).isInstanceOfSatisfying(Lookup.Found.class, found -> {
                var card = (RelationCard) found.value();
                assertThat(card.version()).isEqualTo("v2");
                assertThat(card.name()).isEqualTo("Caf\u00e9");
                assertThat(card.people(Role.PARTNER)).extracting(Object::toString).containsExactly("Jan <jan@dupont.example>");
                assertThat(card.people(Role.RESPONSIBLE)).isEmpty();
            });
        }
        assertThat(source().relation(DURAND, CAFE)).isEqualTo(new Lookup.Missing<>());
        assertThat(source().relation(DUPONT, new RelationId("%"))).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void namesWhereARoleIsInUse() throws SQLException {
        put(B);
        settings.put(DURAND, json("{'company': 'D <d@d.example>', 'contexts': {'task': {'reply-to': 'partner'}}}"), ANY, JAN);
        card(DUPONT, new RelationId("R-1"), "{'partner': ['a@dupont.example']}");
        // What looks like a role within a text is none.
        card(DUPONT, new RelationId("R-2"), "{'name': '\\'substitute\\':[\\'', 'partner': ['\\'\\\\\\'substitute\\\\\\':[\\' <a@dupont.example>']}");
        card(DUPONT, new RelationId("R-3"), "{'partner': [], 'responsible': ['a@dupont.example']}");
        assertThat(source().unlisted(Roles.DEFAULT).orElseThrow()).isEmpty();
        assertThat(source().unlisted(Roles.of(Role.COLLABORATOR, Role.RESPONSIBLE)).orElseThrow())
                .extracting(Problem::origin, Problem::key)
                .containsExactlyInAnyOrder(
                        tuple("office durand", "contexts.task.reply-to"),
                        tuple("office dupont", "relations.R-1"));
        settings.remove(DURAND, ANY, JAN);
        settings.remove(DUPONT, ANY, JAN);
        assertThat(source().unlisted(Roles.of(Role.COLLABORATOR)).orElseThrow()).as("of removed offices").isEmpty();
    }
}
