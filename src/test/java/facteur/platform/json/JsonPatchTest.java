package facteur.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonPatchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':1}              | {'a':1.0}             | []",
        "{'a':1}              | {'a':2}               | [{'op':'replace','path':'/a','value':2}]",
        "{'a':1,'b':2}        | {'b':2,'c':null}      | [{'op':'remove','path':'/a'},{'op':'add','path':'/c','value':null}]",
        "{'a':{'b':1}}        | {'a':{'b':2}}         | [{'op':'replace','path':'/a/b','value':2}]",
        "{'a/b~c':1}          | {}                    | [{'op':'remove','path':'/a~1b~0c'}]",
        "[1,2,3]              | [1,3]                 | [{'op':'remove','path':'/1'}]",
        "[1,3]                | [1,2,3]               | [{'op':'add','path':'/1','value':2}]",
        "[1,2,3]              | []                    | [{'op':'remove','path':'/2'},{'op':'remove','path':'/1'},{'op':'remove','path':'/0'}]",
        "[{'a':1},2]          | [{'a':2},2]           | [{'op':'replace','path':'/0/a','value':2}]",
        "[1,1]                | [1]                   | [{'op':'remove','path':'/1'}]",
        "1                    | 'a'                   | [{'op':'replace','path':'','value':'a'}]",
    })
    void tellsWhatChanges(String before, String after, String patch) throws JsonException {
        assertThat(JsonPatch.between(json(before), json(after))).hasToString(patch.replace('\'', '"'));
    }

    private static JsonValue json(String text) throws JsonException {
        return JsonReader.read(text.replace('\'', '"'));
    }
}
