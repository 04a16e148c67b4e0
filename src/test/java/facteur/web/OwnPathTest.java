package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// After signing in, a browser is sent where it wanted to go: by a link that anyone can have written.
final class OwnPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/o/dupont/mail", "/o/dupont/clients/card?relation=a%2Fb&x=1", "/a?b=//c", "/log?q=a@b.example"})
    void ours(String path) {
        assertThat(OwnPath.isOne(path)).isTrue();
        assertThat(Answer.seeOther(path).fields()).containsEntry("Location", path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "mail", "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
                "/a\r\nSet-Cookie: a=b", " /a", "/a b", "/a#b", "javascript:alert(1)", "/é", "/a\\b", "?a"
            })
    void ofOthers(String path) {
        assertThat(OwnPath.isOne(path)).isFalse();
        assertThatThrownBy(() -> Answer.seeOther(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noneIsEndless() {
        assertThat(OwnPath.isOne("/" + "a".repeat(1999))).isTrue();
        assertThat(OwnPath.isOne("/" + "a".repeat(2000))).isFalse();
    }

    @Test
    void whatIsMadeOfALongQuestionIsAsLong() {
        var path = "/queue?recipient=" + "%C3%A9".repeat(2000);

        assertThat(Answer.seeOther(path).fields()).containsEntry("Location", path);
    }
}
