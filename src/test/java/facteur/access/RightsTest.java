package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.office.OfficeId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RightsTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final OfficeId DURAND = new OfficeId("durand");

    private static Grant grant(String word) {
        var role = AccessRole.parse(word);
        return new Grant(role.isOfOffice() ? Optional.of(DUPONT) : Optional.empty(), role);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            #role,    reads, writes, elsewhere, sees all, operates
            operator, true,  true,   true,      true,     true
            viewer,   true,  false,  true,      true,     false
            admin,    true,  true,   false,     false,    false
            reader,   true,  false,  false,     false,    false
            """)
    void eachRoleMaySomething(String role, boolean reads, boolean writes, boolean readsElsewhere, boolean seesAll, boolean operates) {
        var rights = new Rights(List.of(grant(role)));
        assertThat(rights.reads(DUPONT)).isEqualTo(reads);
        assertThat(rights.writes(DUPONT)).isEqualTo(writes);
        assertThat(rights.reads(DURAND)).isEqualTo(readsElsewhere);
        assertThat(rights.writes(DURAND)).isEqualTo(operates);
        assertThat(rights.seesAll()).isEqualTo(seesAll);
        assertThat(rights.operates()).isEqualTo(operates);
    }

    @Test
    void nothingIsNothing() {
        assertThat(Rights.NONE.reads(DUPONT)).isFalse();
        assertThat(Rights.NONE.writes(DUPONT)).isFalse();
        assertThat(Rights.NONE.seesAll()).isFalse();
        assertThat(Rights.NONE.offices()).isEmpty();
    }

    @Test
    void rightsAddUp() {
        var rights = new Rights(List.of(Grant.reader(DURAND), Grant.admin(DUPONT), Grant.viewer()));
        assertThat(rights.writes(DUPONT)).isTrue();
        assertThat(rights.writes(DURAND)).isFalse();
        assertThat(rights.operates()).isFalse();
        assertThat(rights.offices()).containsExactly(DUPONT, DURAND);
    }

    @Test
    void aRoleIsForAnOfficeOrForAll() {
        assertThatThrownBy(() -> new Grant(Optional.of(DUPONT), AccessRole.OPERATOR)).hasMessage("the role operator is for all offices");
        assertThatThrownBy(() -> new Grant(Optional.empty(), AccessRole.ADMIN)).hasMessage("the role admin is for one office");
        assertThatThrownBy(() -> AccessRole.parse("amin")).hasMessageContaining("did you mean 'admin'?");
    }
}
