package facteur.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import facteur.mail.automatic.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RolesTest {
    private static final Role SENIOR = new Role("senior");
    private static final Role TAX = new Role("tax-adviser");

    @ParameterizedTest
    @ValueSource(strings = {"partner", "a", "tax-adviser", "level2", "a234567890123456789012345678901x"})
    void aRoleIsAName(String name) {
        assertThat(Role.parse(name)).contains(new Role(name));
        assertThat(new Role(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "Partner", "2nd", "-a", "a b", " a", "a\n", "a\r\nBcc: x", "a\u202Eb", "é", "a_b", "a.b", "a2345678901234567890123456789012x",
        "general", "company", "sender", "relation", "name", "role", "mailbox", "delete", "people"
    })
    void otherTextsAreNone(String name) {
        assertThat(Role.parse(name)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Role(name)).withMessageContaining("role");
    }

    @Test
    void theFourOfOldAreTheDefaultInTheirOrder() {
        assertThat(Roles.DEFAULT.names()).containsExactly("collaborator", "substitute", "responsible", "partner");
    }

    @Test
    void findsByNameAlone() {
        var roles = Roles.of(SENIOR, TAX);
        assertThat(roles.find("senior")).contains(SENIOR);
        assertThat(roles.find("Senior")).isEmpty();
        assertThat(roles.find("partner")).isEmpty();
        assertThat(roles.nearest("seniro")).contains(SENIOR);
        assertThat(roles.nearest("partner")).isEmpty();
    }

    @Test
    void thereIsOneAndEachOnce() {
        assertThatIllegalArgumentException().isThrownBy(Roles::of);
        assertThatIllegalArgumentException().isThrownBy(() -> Roles.of(TAX, SENIOR, TAX));
    }

    @Test
    void aLabelIsTheConfiguredOneThenOursThenThatOfAnotherLanguageThenTheName() {
        var roles = new Roles(
                List.of(SENIOR, TAX, Role.RESPONSIBLE), Map.of(SENIOR, Map.of(Language.NL, "Ancien"), TAX, Map.of(Language.FR, "Conseiller fiscal")));
        assertThat(roles.label(SENIOR, Language.NL)).isEqualTo("Ancien");
        assertThat(roles.label(SENIOR, Language.FR)).isEqualTo("Senior");
        assertThat(roles.label(TAX, Language.FR)).isEqualTo("Conseiller fiscal");
        assertThat(roles.label(TAX, Language.EN)).isEqualTo("Conseiller fiscal");
        assertThat(roles.label(Role.RESPONSIBLE, Language.NL)).isEqualTo("Verantwoordelijke");
        assertThat(Roles.of(TAX).label(TAX, Language.EN)).isEqualTo("tax-adviser");
    }

    @Test
    void aCardsNameHoldsNothingThatCantBeSeen() {
        assertThat(new RelationCard(Map.of(), " Bakkerij\r\nBcc: \u202EPeeters\u0000  info@peeters.example ").name())
                .isEqualTo("Bakkerij Bcc: Peeters info@peeters.example");
        assertThat(RelationCard.EMPTY.name()).isEmpty();
    }
}
