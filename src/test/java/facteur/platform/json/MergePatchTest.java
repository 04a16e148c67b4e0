package facteur.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MergePatchTest {
    /// RFC 7396, appendix A.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':'b'}            | {'a':'c'}             | {'a':'c'}",
        "{'a':'b'}            | {'b':'c'}             | {'a':'b','b':'c'}",
        "{'a':'b'}            | {'a':null}            | {}",
        "{'a':'b','b':'c'}    | {'a':null}            | {'b':'c'}",
        "{'a':['b']}          | {'a':'c'}             | {'a':'c'}",
        "{'a':'c'}            | {'a':['b']}           | {'a':['b']}",
        "{'a':{'b':'c'}}      | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]}    | {'a':[1]}             | {'a':[1]}",
        "['a','b']            | ['c','d']             | ['c','d']",
        "{'a':'b'}            | ['c']                 | ['c']",
        "{'a':'foo'}          | null                  | null",
        "{'a':'foo'}          | 'bar'                 | 'bar'",
        "{'e':null}           | {'a':1}               | {'e':null,'a':1}",
        "[1,2]                | {'a':'b','c':null}    | {'a':'b'}",
        "{}                   | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
    })
    void appliesTheExamplesOfTheRfc(String target, String patch, String result) throws JsonException {
        assertThat(MergePatch.apply(json(target), json(patch))).hasToString(result.replace('\'', '"'));
    }

    /// RFC 7396, section 3.
    @Test
    void appliesTheDocumentOfTheRfc() throws JsonException {
        var target = json(
                "{'title':'Goodbye!','author':{'givenName':'John','familyName':'Doe'},'tags':['example','sample'],'content':'This will be unchanged'}");
        var patch = json("{'title':'Hello!','phoneNumber':'+01-123-456-7890','author':{'familyName':null},'tags':['example']}");
        assertThat(MergePatch.apply(target, patch)).hasToString(
                "{'title':'Hello!','author':{'givenName':'John'},'tags':['example'],'content':'This will be unchanged','phoneNumber':'+01-123-456-7890'}"
                        .replace('\'', '"'));
    }

    private static JsonValue json(String text) throws JsonException {
        return JsonReader.read(text.replace('\'', '"'));
    }
}
