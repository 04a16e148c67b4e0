package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TagListTest {
    @Test
    void readsTagsWithAnySpacing() {
        var tags = TagList.parse("v=1;a\t=\r\n rsa-sha256 ;b= a b\r\n\tc= ;\r\n x_1=;").orElseThrow();
        assertThat(tags.value("v")).contains("1");
        assertThat(tags.value("a")).contains("rsa-sha256");
        assertThat(tags.value("b")).contains("a b\r\n\tc=");
        assertThat(tags.compact("b")).contains("abc=");
        assertThat(tags.value("x_1")).contains("");
        assertThat(tags.value("A")).isEmpty();
        assertThat(tags.has("x_1")).isTrue();
    }

    @Test
    void readsOctetsAsUtf8WhereTheyAre() {
        assertThat(TagList.parse("d=b\u00c3\u00a4cker.example").orElseThrow().wide("d")).contains("b\u00e4cker.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ";", " ", "a", "a=1;;b=2", ";a=1", "a=1;b", "=1", "a=1; a=2", "1a=1", "a b=1", "a=\u0000", "a=1;\u007f=2", "a=\u0007"})
    void refusesWhatIsNone(String text) {
        assertThat(TagList.parse(text)).isEmpty();
    }
}
