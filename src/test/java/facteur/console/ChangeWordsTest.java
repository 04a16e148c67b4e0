package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ChangeWordsTest {
    private static final String COMPANY = "'company':'Cabinet Dupont <office@dupont.example>'";

    private static JsonValue json(String text) {
        try {
            return JsonReader.read(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static ChangeWords in(Language language) {
        return new ChangeWords(Texts.in(language), Roles.DEFAULT);
    }

    private static String sentences(List<Change> changes) {
        return String.join(" ", changes.stream().map(Change::sentence).toList());
    }

    private static String sentences(Language language, String before, String after) {
        return sentences(in(language).between(json("{" + before + "}"), json("{" + after + "}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'company':'A <a@a.example>'|'company':'B <a@a.example>'|Your company: the name was “A”, now “B”.",
                "'company':'A <a@a.example>'|'company':'A <b@a.example>'|Your company: the address was a@a.example, now b@a.example.",
                "'sandbox':false|'from':{'address':'o@d.example'}|General: the sender was the shared address, now o@d.example.",
                "'from':{'address':'o@d.example'}|'sandbox':'no'|General: the sender was o@d.example, now the shared address.",
                "'from':{'address':'o@d.example','name':'D'}|'from':{'address':'o@d.example'}|General: the sender’s name was D, now your company’s name.",
                "'reply-to':'company'|'reply-to':'responsible'|General: replies went to your company, now to the person responsible.",
                "'reply-to':'sender'|'reply-to':'partner'|General: replies went to the sender, now to the partner.",
                "'when-unverified':'fallback'|'when-unverified':'refuse'|"
                        + "While the domain is not verified: was “send from the shared address”, now “refuse the messages”.",
                "'sandbox':false|'sandbox':true|Trial (messages are set aside): was “off”, now “on”.",
                "'contexts':{'invoice':{'reply-to':'general'}}|'contexts':{'invoice':{'reply-to':'responsible'}}|"
                        + "Invoices: replies went to your company, now to the person responsible.",
                "'contexts':{'invoice':{'reply-to':'general'}}|'contexts':{'invoice':{'reply-to':'general','address':'i@d.example'}}|"
                        + "Invoices: replies went to your company, now to i@d.example.",
                "'contexts':{'invoice':{}}|'contexts':{'invoice':{'reply-to':'sender'}}|Invoices: replies went as the general setting says, now to the sender.",
                "'contexts':{'task':{'reply-to':'sender','address':'x@d.example'}}|'contexts':{'task':{'reply-to':'sender'}}|"
                        + "Tasks: the stored address that does not count was x@d.example, now (nothing).",
                "'contexts':{}|'contexts':{'reminder':{'reply-to':'partner'}}|Reminders: set on their own now; replies go to the partner.",
                "'contexts':{'question':{'reply-to':'partner'}}|'reply-to':'company'|question: no longer set on their own; now as the general setting says.",
                "'contexts':{'invoice':{}}|'contexts':{'invoice':{'from':{'address':'i@d.example','name':'I'}}}|"
                        + "Invoices: the sender was as the general setting says, now i@d.example. Invoices: the sender’s name was your company’s name, now I.",
                "'users':[]|'users':['Jan <jan@d.example>']|People: only one person may be a sender now: Jan <jan@d.example>.",
                "'users':['Jan <jan@d.example>']|'users':null|People: the list was emptied; anyone may be a sender now.",
                "'users':['a@d.example','b@d.example']|'users':['b@d.example','c@d.example']|"
                        + "People: c@d.example was added. People: a@d.example was removed.",
                "'users':['Jan <jan@d.example>']|'users':['Jan Janssens <jan@d.example>']|"
                        + "People: Jan <jan@d.example> is now Jan Janssens <jan@d.example>.",
                "'replies':'direct'|'replies':'late'|Reply address that clients see: was “The addresses of the people who get the replies”, "
                        + "now “An address of the relay, which passes replies on”.",
                "'contexts':{'task':{'replies':'late'}}|'contexts':{'task':{}}|Tasks: Reply address that clients see: "
                        + "was “An address of the relay, which passes replies on”, now “Same as the general setting”.",
                "'returns':{'tell':'none'}|'returns':{'tell':'company','language':'fr','x':1}|Who is told: was “No one”, now “Your company’s general address”. "
                        + "Language of these notices: was “as for all offices”, now “Français”. returns.x: was (nothing), now 1.",
                "'returns':{'known-bad':'refuse'}|'returns':'no'|returns: was {\"known-bad\":\"refuse\"}, now no.",
                "'footer':'x'|'footer':{'y':1}|footer: was x, now {\"y\":1}.",
                "'contexts':{'task':{'priority':1}}|'contexts':{'task':{'priority':2}}|contexts.task.priority: was 1, now 2."
            })
    void saysWhatChangedInEachKey(String before, String after, String sentences) {
        assertThat(sentences(Language.EN, before, after)).isEqualTo(sentences);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FR|Factures : les réponses allaient à votre entreprise, désormais au responsable.",
                "NL|Facturen: antwoorden gingen naar uw kantoor, nu naar de verantwoordelijke."
            })
    void speaksEachLanguage(Language language, String sentence) {
        assertThat(sentences(language, "'contexts':{'invoice':{'reply-to':'general'}}", "'contexts':{'invoice':{'reply-to':'responsible'}}")
                .replace('\u00a0', ' '))
                .isEqualTo(sentence);
    }

    @Test
    void tellsOfAnOfficeThatComesAndGoes() {
        var settings = json("{" + COMPANY + ",'reply-to':'sender'}");
        assertThat(sentences(in(Language.EN).between(JsonValue.NULL, settings))).isEqualTo(
                "The office was added. Your company: Cabinet Dupont <office@dupont.example>. General: replies went to your company, now to the sender.");
        assertThat(sentences(in(Language.EN).between(settings, JsonValue.NULL)))
                .isEqualTo("The office was removed: its messages are refused.");
        assertThat(in(Language.EN).between(JsonValue.NULL, JsonValue.NULL)).isEmpty();
    }

    /// They are equal to those who read them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'reply-to':'company'|'sandbox':false", "'sandbox':'off'|'sandbox':false", "'returns':{}|'returns':null",
                "'replies':'direct'|'returns':{'tell':''}", "'when-unverified':'fallback'|'users':[]",
                "'contexts':{'Invoice':{'reply-to':'sender'}}|'contexts':{'invoice':{'reply-to':'sender'}}",
                "'users':'Jan <jan@d.example>'|'users':['Jan <jan@d.example>']", "'from':{}|'from':null"
            })
    void saysNothingOfWhatMakesNoDifference(String before, String after) {
        assertThat(sentences(Language.EN, before, after)).isEmpty();
    }

    @Test
    void namesARoleAsTheConfigurationDoes() {
        var senior = new Role("senior");
        var auditor = new Role("auditor");
        var roles = new Roles(List.of(senior, auditor, Role.PARTNER), Map.of(Role.PARTNER, Map.of(Language.EN, "Owner")));
        var words = new ChangeWords(Texts.in(Language.EN), roles);
        assertThat(sentences(words.between(json("{'reply-to':'senior'}"), json("{'reply-to':'partner'}"))))
                .isEqualTo("General: replies went to “Senior” on the client’s card, now to “Owner” on the client’s card.");
        assertThat(sentences(words.between(json("{'reply-to':'auditor'}"), json("{'reply-to':'gone'}"))))
                .contains("to “auditor” on the client’s card", "to “gone” on the client’s card");
    }

    @Test
    void manyPeopleAreCounted() {
        var many = new ArrayList<String>();
        IntStream.range(0, 30).forEach(i -> many.add("'p" + i + "@d.example'"));
        assertThat(sentences(Language.EN, "'users':['a@d.example']", "'users':[" + String.join(",", many) + "]"))
                .isEqualTo("People: 31 changes in the list, which had 1 people and has 30 now.");
        assertThat(sentences(Language.EN, "'users':[]", "'users':[" + String.join(",", many) + "]")).contains("and 20 more");
    }

    @Test
    void knowsTheKeyOfEachChange() {
        var changes = in(Language.EN).between(
                json("{" + COMPANY + "}"), json("{" + COMPANY + ",'from':{'address':'o@d.example'},'contexts':{'task':{'from':{'name':'T'}}}}"));
        assertThat(changes).extracting(Change::key).containsExactly("from.address", "contexts.task", "contexts.task.from.name");
    }

    /// Settings of an older release, or of a hand in the database.
    @ParameterizedTest
    @EnumSource(Language.class)
    void saysSomethingOfWhateverIsThere(Language language) {
        var odd = json(
                "{'company':7,'from':'x','reply-to':['a'],'contexts':{'task':3,'':{'reply-to':{}}},'users':{'a':1},'sandbox':[],'when-unverified':9,'returns':[],'replies':{}}");
        assertThat(in(language).between(json("{" + COMPANY + "}"), odd)).isNotEmpty();
        assertThat(in(language).between(odd, json("{" + COMPANY + "}"))).isNotEmpty();
        assertThat(in(language).between(odd, odd)).isEmpty();
    }
}
