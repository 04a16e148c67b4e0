package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryOffices;
import facteur.mail.automatic.Language;
import facteur.mail.message.Mailbox;
import facteur.office.RelationCard;
import facteur.office.Role;
import facteur.platform.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A card that is opened and saved again is the same card, whoever stands on it.
final class ClientFormPropertyTest {
    private static final KnownPeople NOBODY = new KnownPeople(List.of(), List.of());
    private static final Texts TEXTS = Texts.in(Language.EN);

    @Provide
    Arbitrary<RelationCard> cards() {
        return ArbitraryOffices.cards();
    }

    private static ClientForm form(RelationCard card) {
        return ClientForm.of("R-1", card.name(), card.roles(), ArbitraryOffices.ROLES, 7);
    }

    @Property
    void savingWhatIsShownChangesNothing(@ForAll("cards") RelationCard card) {
        var problems = new ArrayList<FieldProblem>();
        var saved = (JsonValue.Members) form(card).card(ArbitraryOffices.ROLES, NOBODY, TEXTS, problems);
        var repeated = 0;
        for (var role : ArbitraryOffices.ROLES.list()) {
            var once = card.people(role).stream().map(Mailbox::written).toList();
            assertThat(saved.member(role.name())).contains(JsonValue.ofTexts(once));
            repeated += card.roles().getOrDefault(role, List.of()).size() - once.size();
        }
        assertThat(problems).as("one for each who stands there twice").hasSize(repeated);
    }

    @Property
    void aPlaceThatIsAddedAndRemovedLeavesNothing(@ForAll("cards") RelationCard card) {
        var form = form(card);
        var places = form.people().getOrDefault(Role.PARTNER, List.of()).size();
        var more = form.adding("partner");
        assertThat(more.people().get(Role.PARTNER)).hasSize(places + 1).last().isEqualTo("");
        assertThat(more.focus()).isEqualTo(ClientForm.id(Role.PARTNER, places));
        assertThat(more.removing("partner." + places).people()).isEqualTo(form.people());
    }
}
