package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Scope;
import facteur.api.ApiWorld.Extra;
import facteur.platform.json.JsonValue;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What came back, where programs look: at the letter, and at the list of addresses that don't work.
final class AddressesTest {
    private static final String ADDRESSES = "/offices/dupont/addresses";

    @TempDir
    private Path folder;

    private ApiWorld api;
    private PastLetters letters;
    private String dupont;

    @BeforeEach
    void open() throws Exception {
        api = new ApiWorld(folder);
        letters = new PastLetters(api, folder);
        dupont = api.token("dupont-app", "dupont");
    }

    @AfterEach
    void close() {
        letters.close();
        api.close();
    }

    private JsonValue.Members recipient(String letter) {
        var recipients = api.ask("GET", "/offices/dupont/letters/" + letter, dupont).json().member("recipients").orElseThrow();
        return recipients instanceof JsonValue.Array(var items) && items.getFirst() instanceof JsonValue.Members first
                ? first
                : JsonValue.Members.NONE;
    }

    @Test
    void aLetterSaysWhatCameBackOfARecipientAndThatTheAddressDoesNotWork() throws Exception {
        var letter = letters.addBounced("dupont", "gone@one.example").text();
        var returned = api.ask("GET", "/offices/dupont/letters/" + letter, dupont).json().member("returns").orElseThrow();
        var said = recipient(letter);
        assertThat(said.member("status")).contains(JsonValue.of("returned"));
        assertThat(said.member("cameBack").orElseThrow().toString()).contains(
                "\"action\":\"failed\"", "\"status\":\"5.1.1\"", "\"diagnostic\":\"550 5.1.1 no such user\"", "\"host\":\"mx.one.example\"",
                "\"at\":\"" + api.time.instant() + "\"");
        var id = said.member("cameBack").orElseThrow() instanceof JsonValue.Members members ? members.member("return").orElseThrow() : JsonValue.NULL;
        assertThat(returned.toString()).contains("\"id\":" + id);
        assertThat(said.member("badAddress").orElseThrow().toString()).contains("\"count\":1", "\"letter\":\"" + letter + "\"");
    }

    @Test
    void aLetterOfWhichNothingCameBackSaysNothingOfIt() throws Exception {
        var said = recipient(letters.add("dupont", "a subject").text());
        assertThat(said.member("status")).contains(JsonValue.of("pending"));
        assertThat(said.member("cameBack")).isEmpty();
        assertThat(said.member("badAddress")).isEmpty();
    }

    @Test
    void aForgottenAddressIsOffTheListAndTheLetterRemembersWhatCameBack() throws Exception {
        var letter = letters.addBounced("dupont", "Gone@one.example").text();
        assertThat(api.ask("DELETE", ADDRESSES + "/gone@one.example", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("DELETE", ADDRESSES + "/Gone%40ONE.example", dupont).status()).isEqualTo(204);
        assertThat(api.ask("DELETE", ADDRESSES + "/Gone@one.example", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("GET", ADDRESSES, dupont).member("items")).isEqualTo("[]");
        assertThat(recipient(letter).member("badAddress")).isEmpty();
        assertThat(recipient(letter).member("cameBack")).isPresent();
        assertThat(api.acts).containsExactly("token=dupont-app peer=192.0.2.7: addresses forget Gone@ONE.example --office dupont");
    }

    @Test
    void aListHasPages() throws Exception {
        for (var client : new String[] {"c@one.example", "a/b@one.example", "b+1@one.example"}) {
            var _ = letters.addBounced("dupont", client);
        }
        var first = api.ask("GET", ADDRESSES + "?limit=2", dupont);
        assertThat(first.member("items")).contains("a/b@one.example", "b+1@one.example").doesNotContain("c@one.example");
        assertThat(first.member("next")).isEqualTo("\"b+1@one.example\"");
        var last = api.ask("GET", ADDRESSES + "?limit=2&after=b%2B1@one.example", dupont);
        assertThat(last.member("items")).contains("c@one.example").doesNotContain("b+1@one.example");
        assertThat(last.member("next")).isEqualTo("null");
        assertThat(api.ask("DELETE", ADDRESSES + "/a%2Fb@one.example", dupont).status()).isEqualTo(204);
        assertThat(api.ask("GET", ADDRESSES + "?after=nothing", dupont).refusal()).isEqualTo("400 query.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "%3Cgone@one.example%3E", "gone@one.example,a@one.example", "%00", "gone@one.example%0D%0A"})
    void whatIsNoAddressIsNotThere(String address) {
        assertThat(api.ask("DELETE", ADDRESSES + "/" + address, dupont).status()).isIn(400, 404);
        assertThat(api.acts).isEmpty();
    }

    @Test
    void anotherOfficesListIsItsOwn() throws Exception {
        var letter = letters.addBounced("durand", "gone@one.example");
        assertThat(api.ask("GET", ADDRESSES, dupont).member("items")).isEqualTo("[]");
        assertThat(api.ask("DELETE", ADDRESSES + "/gone@one.example", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("GET", "/offices/durand/addresses", dupont).status()).isEqualTo(403);
        assertThat(api.ask("DELETE", "/offices/durand/addresses/gone@one.example", dupont).status()).isEqualTo(403);
        assertThat(api.ask("GET", "/offices/durand/addresses", api.token("suite", "*")).member("items")).contains(letter.text());
    }

    @Test
    void whoOnlyReadsForgetsNothing() throws Exception {
        var _ = letters.addBounced("dupont", "gone@one.example");
        var reader = api.token("reader", "dupont", EnumSet.of(Scope.LOG_READ, Scope.CARDS_READ));
        assertThat(api.ask("DELETE", ADDRESSES + "/gone@one.example", reader, Extra.NONE).status()).isEqualTo(403);
        assertThat(api.ask("GET", ADDRESSES, reader).member("items")).contains("gone@one.example");
    }
}
