package facteur.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonObjectTest {
    private final JsonObject answer = JsonObject.parse("""
            {"token": "a\\u00e9", "expires": 3600, "ready": true, "none": null, "blank": " ",
             "keys": ["a", "b"], "queue": {"letters": 1}, "upstreams": [{"name": "x"}, {"name": "y"}]}""");

    @Test
    void readsMembersAsText() {
        assertThat(answer.text("token")).hasValue("aé");
        assertThat(answer.text("expires")).hasValue("3600");
        assertThat(answer.number("expires", 0)).isEqualTo(3600);
        assertThat(answer.text("ready")).hasValue("true");
        assertThat(answer.texts("keys")).containsExactly("a", "b");
        assertThat(answer.texts("token")).containsExactly("aé");
        assertThat(answer.object("queue").text("letters")).hasValue("1");
        assertThat(answer.objects("upstreams")).extracting(upstream -> upstream.text("name", "")).containsExactly("x", "y");
    }

    @Test
    void missesWhatIsNotThere() {
        assertThat(List.of("none", "blank", "absent")).noneMatch(answer::has).allMatch(member -> answer.text(member).isEmpty());
        assertThat(answer.text("keys")).describedAs("an array is no text").isEmpty();
        assertThat(answer.number("token", 7)).isEqualTo(7);
        assertThat(answer.texts("absent")).isEmpty();
        assertThat(answer.objects("absent")).isEmpty();
        assertThat(answer.object("absent").has("letters")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"a\"", "{\"a\": ", "{\"a\": \u0007}", "<html>"})
    void hasNoMembersWhereThereIsNoObject(String text) {
        assertThat(JsonObject.parse(text).has("a")).isFalse();
    }

    @Test
    void isBounded() {
        assertThat(JsonObject.parse("{\"a\": 1, \"b\": " + "[".repeat(100_000)).has("a")).isFalse();
    }

    @Test
    void readsWhatIsWritten() {
        var read = JsonObject.parse(Json.of(Map.of("a", "\"\\\n\u2028é", "b", List.of("1", "2"))));
        assertThat(read.text("a")).hasValue("\"\\\n\u2028é");
        assertThat(read.texts("b")).containsExactly("1", "2");
    }
}
