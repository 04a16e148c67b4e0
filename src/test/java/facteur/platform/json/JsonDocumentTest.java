package facteur.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.Document;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JsonDocumentTest {
    private Problems problems;

    @BeforeEach
    void noneYet() {
        problems = new Problems();
    }

    @Test
    void isReadAsItsTextWouldBe() throws JsonException {
        var text = """
                {"text": "null", "none": null, "blank": " ", "no list": [], "flag": true, "size": 12, "one": "a",
                 "many": ["a", null, "", "b"], "inner": {"deep": {"x": "y"}}, "${env:HOME}": "${env:HOME}"}""";
        assertThat(all(JsonDocument.read(JsonReader.read(text), "it", problems)))
                .isEqualTo(all(Document.read(text, "it", problems)))
                .contains("text=null", "has none=false", "has blank=false", "size=12", "many=[a, b]", "one=[a]", "deep=y", "home=${env:HOME}");
        assertThat(problems.list()).isEmpty();
    }

    private static List<String> all(Section root) {
        return List.of(
                "text=" + root.text("text", ""),
                "has none=" + root.has("none"),
                "has blank=" + root.has("blank"),
                "has no list=" + root.has("no list"),
                "flag=" + root.flag("flag", false),
                "size=" + root.integer("size", 0, 0, 99),
                "one=" + root.texts("one", List.of()),
                "many=" + root.texts("many", List.of()),
                "deep=" + root.section("inner").section("deep").text("x", ""),
                "home=" + root.text("${env:HOME}", ""));
    }

    @Test
    void saysWhichKeyIsWrong() throws JsonException {
        var root = JsonDocument.read(JsonReader.read("{\"inner\": {\"size\": \"many\", \"odd\": 1}}"), "office dupont v42", problems);
        var _ = root.section("inner").integer("size", 0, 0, 9);
        root.close();
        assertThat(problems.list()).extracting(Object::toString).hasSize(2)
                .anyMatch(problem -> problem.startsWith("office dupont v42: inner.size: "))
                .anyMatch(problem -> problem.startsWith("office dupont v42: inner.odd: unknown key"));
    }

    @Test
    void wantsAnObject() throws JsonException {
        var root = JsonDocument.read(JsonReader.read("[1]"), "it", problems);
        root.close();
        assertThat(problems.list()).hasSize(1);
        assertThat(root.keys()).isEmpty();
    }
}
