package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {
    @Test
    void readsFieldsAsFormsEncodeThem() {
        assertThat(fields("q=bakkerij+peeters&person=jan%40dupont.example&dry-run&empty=")).isEqualTo(Map.of(
                "q", "bakkerij peeters", "person", "jan@dupont.example", "dry-run", "", "empty", ""));
        assertThat(fields("")).isEmpty();
        assertThat(fields("&&a=1&")).isEqualTo(Map.of("a", "1"));
        assertThat(fields("a=b=c")).isEqualTo(Map.of("a", "b=c"));
    }

    @Test
    void aFieldComesOnce() {
        assertThat(Query.parse("limit=1&limit=2")).isEqualTo(new Query.Reading.Twice("limit"));
        assertThat(Query.parse("limit=1&%6Cimit=1")).isEqualTo(new Query.Reading.Twice("limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%0", "a=%00", "%0a=1", "a=%ff", "é=1", "a=\u0000", "a=%0d%0aSet-Cookie:+x"})
    void strangeOctetsAreNoText(String raw) {
        assertThat(Query.parse(raw)).isEqualTo(new Query.Reading.Unreadable());
    }

    private static Map<String, String> fields(String raw) {
        return switch (Query.parse(raw)) {
            case Query.Reading.Read(var query) -> query.fields();
            case Query.Reading.Unreadable(), Query.Reading.Twice _ -> throw new AssertionError(raw);
        };
    }
}
