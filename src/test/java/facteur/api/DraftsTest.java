package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.api.ApiWorld.Extra;
import facteur.mail.letter.QueueId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What letters would get, and the log of those there were.
final class DraftsTest {
    @TempDir
    private Path folder;

    private ApiWorld api;
    private String dupont;
    private PastLetters letters;

    @BeforeEach
    void open() throws Exception {
        api = new ApiWorld(folder);
        dupont = api.token("dupont-app", "dupont");
        api.ask("PUT", "/offices/dupont", api.token("suite", "*"), Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
        letters = new PastLetters(api, folder);
    }

    @AfterEach
    void close() {
        letters.close();
        api.close();
    }

    private QueueId letter(String office, String subject) throws Exception {
        return letters.add(office, subject);
    }

    @Test
    void aLetterIsExplainedByTheSettingsOrByADraft() {
        var letter = "{\"letter\":{\"context\":\"invoice\",\"sender\":\"Jan <jan@dupont.example>\"}";
        var now = api.ask("POST", "/offices/dupont/explain", dupont, Extra.json(letter + "}"));
        assertThat(now.status()).isEqualTo(200);
        assertThat(now.member("replyToRule")).isEqualTo("\"general.company\"");
        assertThat(now.text()).doesNotContain("routes", "signature");
        var draft = api.ask("POST", "/offices/dupont/explain", dupont, Extra.json(
                letter + ",\"settings\":{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"reply-to\":\"sender\"}}"));
        assertThat(draft.member("replyToRule")).isEqualTo("\"general.sender\"");
        assertThat(api.ask("GET", "/offices/dupont", dupont).text()).isEqualTo(ApiWorld.DUPONT + "\n");
    }

    @Test
    void whatNoFieldHoldsIsExplainedWithoutIt() {
        var explained = api.ask("POST", "/offices/dupont/explain", dupont, Extra.json(
                "{\"letter\":{\"context\":\"a\\u0000b\",\"relation\":\"R\\u0000\\r\\nBcc: x@y.example\",\"sender\":\"jan\\u0000@dupont.example\"}}"));
        assertThat(explained.status()).isEqualTo(200);
        assertThat(explained.member("replyToRule")).isEqualTo("\"general.company\"");
    }

    @Test
    void aDraftWithProblemsIsRefusedWithAllOfThem() {
        var refused =
                api.ask("POST", "/offices/dupont/explain", dupont, Extra.json("{\"letter\":{},\"settings\":{\"company\":\"x\",\"reply-to\":\"y\"}}"));
        assertThat(refused.refusal()).isEqualTo("422 address.invalid value.invalid");
        assertThat(api.ask("POST", "/offices/dupont/explain", dupont, Extra.json("{\"letter\":{\"contxt\":\"a\"}}")).text())
                .contains("\"nearest\":\"context\"");
        assertThat(api.ask("POST", "/offices/dupont/replay", dupont, Extra.json("{}")).refusal()).isEqualTo("422 value.missing");
        assertThat(api.ask("POST", "/offices/dupont/replay", dupont, Extra.json("[]")).refusal()).isEqualTo("422 value.type");
        assertThat(api.ask("POST", "/offices/dupont/replay", dupont, Extra.json("{\"settings\":" + ApiWorld.DUPONT + ",\"letters\":49}")).refusal())
                .isEqualTo("422 value.invalid");
    }

    @Test
    void aDraftIsTriedOnPastLetters() throws Exception {
        letter("dupont", "one");
        letter("dupont", "two");
        letter("durand", "three");
        var replayed = api.ask("POST", "/offices/dupont/replay", dupont, Extra.json(
                "{\"settings\":{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"reply-to\":\"sender\"},\"letters\":50}"));
        assertThat(replayed.status()).isEqualTo(200);
        assertThat(replayed.member("letters")).isEqualTo("2");
        assertThat(replayed.member("changed")).isEqualTo("2");
    }

    @Test
    void anOfficeReadsItsOwnLettersWithoutTheirSubjects() throws Exception {
        var own = letter("dupont", "confidential");
        var foreign = letter("durand", "confidential");
        var list = api.ask("GET", "/offices/dupont/letters?address=@one.example&since=2026-11-23T09:00:00%2B01:00", dupont);
        assertThat(list.member("items")).contains(own.text()).doesNotContain(foreign.text());
        assertThat(list.member("next")).isEqualTo("null");
        var letter = api.ask("GET", "/offices/dupont/letters/" + own, dupont);
        assertThat(letter.member("replyToRule")).isEqualTo("\"general.company\"");
        assertThat(letter.text()).doesNotContain("confidential", "upstream");
        assertThat(api.ask("GET", "/offices/dupont/letters/" + foreign, dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("GET", "/offices/dupont/letters/nonsense", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("GET", "/offices/dupont/letters?since=yesterday", dupont).refusal()).isEqualTo("400 query.invalid");
        assertThat(api.ask("GET", "/offices/dupont/letters?after=%27;drop", dupont).refusal()).isEqualTo("400 query.invalid");
    }

    @Test
    void lettersComeInPages() throws Exception {
        for (var i = 0; i < 3; i++) {
            api.time.advance(Duration.ofSeconds(1));
            letter("dupont", "x");
        }
        var first = api.ask("GET", "/offices/dupont/letters?limit=2", dupont);
        var next = first.member("next").replace("\"", "");
        var last = api.ask("GET", "/offices/dupont/letters?limit=2&after=" + next, dupont);
        assertThat(last.member("items")).isNotEqualTo("[]");
        assertThat(last.member("next")).isEqualTo("null");
    }
}
