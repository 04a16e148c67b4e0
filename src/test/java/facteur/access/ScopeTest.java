package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.office.OfficeId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ScopeTest {
    @ParameterizedTest
    @EnumSource
    void isReadAsItIsWritten(Scope scope) {
        assertThat(scope.word()).matches("[a-z]+:(read|write|create)");
        assertThat(Scope.parse(scope.word())).isEqualTo(scope);
    }

    @Test
    void severalStandBetweenCommasOrBlanks() {
        assertThat(Scope.parseList("settings:read,cards:write, log:read settings:read"))
                .containsExactly(Scope.SETTINGS_READ, Scope.CARDS_WRITE, Scope.LOG_READ);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            setings:read       | is not one of settings:read, settings:write, cards:read, cards:write, domains:read, domains:write, log:read, sessions:create; did you mean 'settings:read'?
            SETTINGS:READ      | did you mean 'settings:read'?
            *                  | is not one of
            sessions:creat     | did you mean 'sessions:create'?
            ,                  | no scope; there are settings:read
            """)
    void anotherWordIsRefused(String text, String message) {
        assertThatThrownBy(() -> Scope.parseList(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void whatANewerVersionKnowsIsPassedOver() {
        assertThat(Scope.known("settings:read letters:write")).containsExactly(Scope.SETTINGS_READ);
        assertThat(Scope.known("")).isEmpty();
    }

    @Test
    void anAdminOfAnOfficeLaunchesNobody() {
        assertThat(Scope.ofOffices()).doesNotContain(Scope.SESSIONS_CREATE).hasSize(Scope.values().length - 1);
        var office = new OfficeId("dupont");
        assertThat(NewToken.byOffice("app", office, Set.of(Scope.CARDS_WRITE), Optional.empty()).office()).contains(office);
        assertThatThrownBy(() -> NewToken.byOffice("app", office, Set.of(Scope.SESSIONS_CREATE), Optional.empty()))
                .hasMessage("only an operator gives sessions:create");
    }

    @Test
    void launchesAreForASuite() {
        var launches = Set.of(Scope.SESSIONS_CREATE);
        assertThat(new NewToken("app", Optional.empty(), launches, Optional.of("suite"), Optional.empty()).suite()).contains("suite");
        assertThatThrownBy(() -> new NewToken("app", Optional.empty(), launches, Optional.empty())).hasMessageContaining("needs --suite");
        assertThatThrownBy(() -> new NewToken("app", Optional.empty(), Set.of(Scope.LOG_READ), Optional.of("suite"), Optional.empty()))
                .hasMessage("a suite is for the scope sessions:create");
        assertThatThrownBy(() -> new NewToken("app", Optional.empty(), launches, Optional.of("the suite"), Optional.empty()))
                .hasMessageContaining("a name is made of");
    }
}
