package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ScopeTest {
    @ParameterizedTest
    @EnumSource
    void isReadAsItIsWritten(Scope scope) {
        assertThat(scope.word()).matches("[a-z]+:(read|write)");
        assertThat(Scope.parse(scope.word())).isEqualTo(scope);
    }

    @Test
    void severalStandBetweenCommasOrBlanks() {
        assertThat(Scope.parseList("settings:read,cards:write, log:read settings:read"))
                .containsExactly(Scope.SETTINGS_READ, Scope.CARDS_WRITE, Scope.LOG_READ);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            setings:read       | is not one of settings:read, settings:write, cards:read, cards:write, domains:read, domains:write, log:read; did you mean 'settings:read'?
            SETTINGS:READ      | did you mean 'settings:read'?
            *                  | is not one of
            sessions:create    | 'sessions:create' can't be given yet
            ,                  | no scope; there are settings:read
            """)
    void anotherWordIsRefused(String text, String message) {
        assertThatThrownBy(() -> Scope.parseList(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void whatANewerVersionKnowsIsPassedOver() {
        assertThat(Scope.known("settings:read sessions:create")).containsExactly(Scope.SETTINGS_READ);
        assertThat(Scope.known("")).isEmpty();
    }
}
