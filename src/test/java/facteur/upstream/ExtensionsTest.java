package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryText;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is understood of a reply to EHLO.
final class ExtensionsTest {
    @Test
    void readsWhatTheGrammarHas() {
        var extensions = Extensions.parse("250-mail.example hello\n250-PIPELINING\n250-SIZE 35882577\n250-AUTH PLAIN LOGIN\n250 8BITMIME\n");

        assertThat(extensions.lines()).containsExactly("PIPELINING", "SIZE 35882577", "AUTH PLAIN LOGIN", "8BITMIME");
        assertThat(extensions.offers("SIZE")).isTrue();
        assertThat(extensions.offersLogin("PLAIN")).isTrue();
        assertThat(extensions.offersLogin("XOAUTH2")).isFalse();
        assertThat(extensions.offers("DSN")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"250 SIZE=1000", "250-size 1000", "250   Size 1000", "250 SIZE\t1000", "250-\tSIZE", "250-SIZE \r", "250 sIzE ", "250-SIZE="})
    void readsWhatOldHostsWrite(String line) {
        assertThat(Extensions.parse("250-mail.example\n" + line + "\n").offers("SIZE")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"250 AUTH=PLAIN LOGIN", "250-AUTH=LOGIN\n250 AUTH PLAIN", "250-AUTH LOGIN\n250 AUTH=LOGIN PLAIN", "250 auth= login  plain"})
    void putsTheOldFormOfLoginsToTheNewOne(String lines) {
        var extensions = Extensions.parse("250-mail.example\n" + lines + "\n");

        assertThat(extensions.offersLogin("LOGIN")).isTrue();
        assertThat(extensions.offersLogin("PLAIN")).isTrue();
    }

    /// A host may be called like one.
    @Test
    void takesTheFirstLineForAName() {
        assertThat(Extensions.parse("250 STARTTLS\n").lines()).isEmpty();
        assertThat(Extensions.parse("250-DSN\n250 SIZE\n").lines()).containsExactly("SIZE");
    }

    @Property
    void readsWhateverComes(@ForAll("nearlyReplies") String response) {
        for (var line : Extensions.parse(response).lines()) {
            assertThat(line).isNotBlank().doesNotContain("\t", "=", "  ");
            assertThat(Extensions.parse("250-x\n250 " + line).lines()).containsExactly(line);
        }
    }

    @Provide
    static Arbitrary<String> nearlyReplies() {
        return ArbitraryText.of(9, "250-", "250 ", "AUTH", "size", "=", "\t", " ", "\n", "\r", "PLAIN", "-", "ß", "\uD83D");
    }
}
