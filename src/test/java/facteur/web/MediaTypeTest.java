package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaTypeTest {
    private static final List<String> FORMS = List.of("application/json", "text/csv", "application/x-ndjson");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|application/json|true",
                "Application/JSON ; Charset=UTF-8|application/json|true",
                "application/json; charset=\"utf-8\"|application/json|true",
                "application/json; charset=iso-8859-1|application/json|false",
                "text/csv; header=present; charset=us-ascii|text/csv|true",
                "application/json;|application/json|true"
            })
    void readsNameAndCharset(String text, String name, boolean isUtf8) {
        var type = MediaType.parse(text).orElseThrow();
        assertThat(type.name()).isEqualTo(name);
        assertThat(type.isUtf8()).isEqualTo(isUtf8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "application/", "/json", "application/json; charset", "application/json, text/csv",
        "application/json charset=utf-8",
        "application/json; charset=utf-8; charset=utf-16", "a/b; x=\"unended", "a b/c"})
    void nothingElse(String text) {
        assertThat(MediaType.parse(text)).isEmpty();
    }

    /// The pattern goes back over nothing: else this would take longer than the world.
    @Test
    void aLongOneIsJudgedAtOnce() {
        assertThat(MediaType.parse("a/b" + "; x=\"\\\"".repeat(3000))).isEmpty();
        assertThat(MediaType.parse("a/b" + " ; ".repeat(5000) + "!")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "text/csv|text/csv",
                "*/*|application/json",
                "text/*|text/csv",
                "application/*;q=0.5, text/csv;q=0.4|application/json",
                "application/json;q=0, */*|text/csv",
                "text/csv;q=0.1, application/x-ndjson;q=0.9|application/x-ndjson",
                "text/html|application/json",
                "text/csv;q=2|application/json",
                "nonsense,,|application/json"
            })
    void theFormThatIsWantedMostIsSent(String accept, String form) {
        assertThat(AcceptedTypes.of(List.of(accept)).best(FORMS)).isEqualTo(form);
    }

    @Test
    void withoutAWishItIsTheUsualOne() {
        assertThat(AcceptedTypes.of(List.of()).best(FORMS)).isEqualTo("application/json");
    }
}
