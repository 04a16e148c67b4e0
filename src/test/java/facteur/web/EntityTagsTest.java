package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.web.EntityTags.Strength;
import facteur.web.EntityTags.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagsTest {
    @Test
    void readsTagsAsteriskAndNothing() {
        assertThat(EntityTags.parse(List.of())).contains(new EntityTags.None());
        assertThat(EntityTags.parse(List.of(" * "))).contains(new EntityTags.Any());
        assertThat(EntityTags.parse(List.of("\"42\""))).contains(listed(new Tag("42", Strength.STRONG)));
        assertThat(EntityTags.parse(List.of("\"42\", W/\"4,1\"", "\"\""))).contains(
                listed(new Tag("42", Strength.STRONG), new Tag("4,1", Strength.WEAK), new Tag("", Strength.STRONG)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "42", "\"42", "42\"", "w/\"42\"", "W/42", "\"42\"\"43\"", "\"42\" \"43\"", "*, \"42\"", "\"4 2\"", "\"\u0001\"",
        "'42'"})
    void nothingElse(String text) {
        assertThat(EntityTags.parse(List.of(text))).isEmpty();
    }

    /// RFC 9110 §8.8.3.2.
    @Test
    void aWeakTagIsNoReasonToWrite() {
        var weak = listed(new Tag("42", Strength.WEAK));
        assertThat(weak.isMatch("42")).isFalse();
        assertThat(weak.isWeakMatch("42")).isTrue();
        var strong = listed(new Tag("41", Strength.STRONG), new Tag("42", Strength.STRONG));
        assertThat(strong.isMatch("42")).isTrue();
        assertThat(strong.isMatch("43")).isFalse();
        assertThat(new EntityTags.Any().isMatch("42")).isTrue();
        assertThat(new EntityTags.None().isWeakMatch("42")).isFalse();
    }

    private static EntityTags listed(Tag... tags) {
        return new EntityTags.Listed(List.of(tags));
    }
}
