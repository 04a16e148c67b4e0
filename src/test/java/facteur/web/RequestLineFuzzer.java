package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/// Paths, queries and fields of strangers: each is read, or refused; and what was read is plain.
final class RequestLineFuzzer {
    private static final PathPattern RELATION = new PathPattern("/offices/{office}/relations/{relation:any}");

    @FuzzTest(maxDuration = "1m")
    void aPathHoldsPlainTextsOrNone(FuzzedDataProvider data) {
        var raw = "/" + data.consumeRemainingAsString();
        RELATION.match(PathPattern.split(raw)).ifPresent(variables -> variables.forEach((name, value) -> {
            assertThat(value).isNotEmpty();
            assertThat(value.chars()).noneMatch(Character::isISOControl);
            if (name.equals("office")) {
                assertThat(value).doesNotContain("/", "\\").isNotIn(".", "..");
            }
            assertThat(PercentText.decode(PercentText.encode(value))).contains(value);
        }));
    }

    @FuzzTest(maxDuration = "1m")
    void aQueryHasEachFieldOnce(FuzzedDataProvider data) {
        if (Query.parse(data.consumeRemainingAsString()) instanceof Query.Reading.Read(var query)) {
            query.fields().forEach((name, value) -> {
                assertThat(name.chars()).noneMatch(Character::isISOControl);
                assertThat(value.chars()).noneMatch(Character::isISOControl);
                assertThat(Query.parse(PercentText.encode(name) + "=" + PercentText.encode(value))).isInstanceOf(Query.Reading.Read.class);
            });
        }
    }

    @FuzzTest(maxDuration = "1m")
    void tagsAreReadBackAsTheyWere(FuzzedDataProvider data) {
        EntityTags.parse(List.of(data.consumeRemainingAsString())).ifPresent(tags -> {
            if (tags instanceof EntityTags.Listed(var listed)) {
                assertThat(listed).isNotEmpty();
                assertThat(EntityTags.parse(listed.stream().map(EntityTags.Tag::toString).toList())).contains(tags);
            }
        });
    }

    @FuzzTest(maxDuration = "1m")
    void typesAreNamesOrNothing(FuzzedDataProvider data) {
        var text = data.consumeRemainingAsString();
        MediaType.parse(text).ifPresent(type -> assertThat(type.name()).matches("[^/\\s]+/[^/\\s]+"));
        assertThat(AcceptedTypes.of(List.of(text)).best(List.of("application/json", "text/csv"))).isIn("application/json", "text/csv");
    }
}
