package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathPatternTest {
    private static final PathPattern OFFICE = new PathPattern("/api/v1/offices/{office}");
    private static final PathPattern RELATION = new PathPattern("/api/v1/offices/{office}/relations/{relation:any}");

    @Test
    void decodesVariables() {
        assertThat(OFFICE.match(PathPattern.split("/api/v1/offices/dupont"))).contains(Map.of("office", "dupont"));
        assertThat(OFFICE.match(PathPattern.split("/api/v1/offices/%64upont"))).contains(Map.of("office", "dupont"));
    }

    /// An id of a client is any text.
    @ParameterizedTest
    @CsvSource({"R-1042, R-1042", "a%2Fb, a/b", "%2e%2E, ..", "a%5cb, a\\b", "caf%C3%A9, café", "%20, ' '", "a+b, a+b", "a%25b, a%b", "a;b, a;b"})
    void aRelationMayBeAnyText(String sent, String relation) {
        assertThat(RELATION.match(PathPattern.split("/api/v1/offices/dupont/relations/" + sent)))
                .contains(Map.of("office", "dupont", "relation", relation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/offices/..", "/api/v1/offices/.", "/api/v1/offices/%2e%2e", "/api/v1/offices/a%2fb", "/api/v1/offices/a%5Cb",
                "/api/v1/offices/dupont/",
                "/api/v1/offices//", "/api//v1/offices/dupont", "/api/v1/offices/", "/api/v1/offices", "/api/v1/%6fffices/dupont",
                "/API/v1/offices/dupont", "/api/v1/offices/dupont/x", "/api/v1/offices/%00", "/api/v1/offices/%0d%0a", "/api/v1/offices/%",
                "/api/v1/offices/%4", "/api/v1/offices/%zz", "/api/v1/offices/%ff", "/api/v1/offices/%c0%af", "/api/v1/offices/é", "/",
                "//api/v1/offices/dupont"
            })
    void nothingElseIsThatPath(String path) {
        assertThat(OFFICE.match(PathPattern.split(path))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "%00", "%E2%82", "%u0041", "a%0"})
    void aRelationIsTextAllTheSame(String sent) {
        assertThat(RELATION.match(PathPattern.split("/api/v1/offices/dupont/relations/" + sent))).isEmpty();
    }

    @Test
    void isWrittenAsDocumentsDo() {
        assertThat(RELATION).hasToString("/api/v1/offices/{office}/relations/{relation}");
    }
}
