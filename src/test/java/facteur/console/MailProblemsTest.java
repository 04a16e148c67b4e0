package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.console.ConsoleWorld.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with a form is said in the box, and in the same words beside the field.
final class MailProblemsTest {
    private static final String PAGE = "/o/dupont/mail";

    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Reply save(String fields) {
        var all = new ArrayList<>(List.of("version", "1"));
        Arrays.stream(fields.split("&")).map(field -> field.split("=", 2)).forEach(field -> all.addAll(List.of(field)));
        return world.post(As.ADMIN, PAGE, all.toArray(String[]::new));
    }

    private static void assertSays(Reply reply, String field, String words) {
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.page())
                .contains("<a href=\"#" + field + "\">" + words + "</a>", "id=\"" + field + "-problem\">" + words + "</p>")
                .containsPattern("id=\"" + field.replace(".", "\\.") + "\"[^>]* aria-invalid=\"true\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "company-name=                                  | company-name      | Give your company’s name.",
        "company-address=                               | company-address   | Give an e-mail address.",
        "company-address=office                         | company-address   | “office” is not an e-mail address. It should look like office@dupont.example.",
        "company-address=bürö@dupont.example            | company-address   | Before the @, use only unaccented letters, digits and symbols.",
        "from=own&from-address=                         | from-address      | Give an e-mail address.",
        "from=own&from-address=jan                      | from-address      | “jan” is not an e-mail address. It should look like office@dupont.example.",
        "from=own&from-address=jan@gmail.com            | from-address      | Anyone can have an address at gmail.com: it can’t be the sender.",
        "from=own&from-address=jan@relay.example        | from-address      | relay.example is the relay’s domain, not yours.",
        "from=own&from-address=jän@dupont.example       | from-address      | Before the @, use only unaccented letters, digits and symbols.",
        "kind.task.reply=other_address                  | kind.task.address | Give an e-mail address.",
        "kind.task.reply=other_address&kind.task.address=x | kind.task.address | “x” is not an e-mail address. It should look like office@dupont.example.",
        "kind.task.from=own&kind.task.from-address=jan@gmail.com | kind.task.from-address | Anyone can have an address at gmail.com: it can’t be the sender.",
        "kind=Été&kind._e9_t_e9_.reply=other_address    | kind._e9_t_e9_.address | Give an e-mail address.",
    })
    void saysItInEnglish(String fields, String field, String words) {
        assertSays(save(fields), field, words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "company-name=                              | company-name    | Donnez le nom de votre entreprise.",
        "company-address=                           | company-address | Donnez une adresse e-mail.",
        "company-address=bureau                     | company-address | «~bureau~» n’est pas une adresse e-mail. Exemple~: bureau@dupont.example.",
        "company-address=bürö@dupont.example        | company-address | Avant @, utilisez seulement des lettres sans accent, des chiffres et des symboles.",
        "from=own&from-address=jan@gmail.com        | from-address    | N’importe qui peut avoir une adresse chez gmail.com~: elle ne peut pas être l’expéditeur.",
        "from=own&from-address=jan@relay.example    | from-address    | relay.example est le domaine du relais, pas le vôtre.",
        "act=add&kind-add=                          | kind-add        | Donnez un nom.",
        "act=add&kind-add=Task                      | kind-add        | Task existe déjà~; majuscules et minuscules ne font pas de différence.",
    })
    void saysItInFrench(String fields, String field, String words) {
        world.language.set("fr");
        assertSays(save(fields), field, words.replace('~', '\u00a0'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "company-name=                              | company-name    | Geef de naam van uw kantoor.",
        "company-address=                           | company-address | Geef een e-mailadres.",
        "company-address=kantoor                    | company-address | ‘kantoor’ is geen e-mailadres. Voorbeeld: kantoor@dupont.example.",
        "company-address=bürö@dupont.example        | company-address | Gebruik vóór @ alleen letters zonder accent, cijfers en symbolen.",
        "from=own&from-address=jan@gmail.com        | from-address    | Iedereen kan een adres bij gmail.com hebben: het kan geen afzender zijn.",
        "from=own&from-address=jan@relay.example    | from-address    | relay.example is het domein van de relay, niet het uwe.",
        "act=add&kind-add=                          | kind-add        | Geef een naam.",
        "act=add&kind-add=Task                      | kind-add        | Task bestaat al; hoofdletters maken geen verschil.",
    })
    void saysItInDutch(String fields, String field, String words) {
        world.language.set("nl");
        assertSays(save(fields), field, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "nl"})
    void saysAllAtOnceAndKeepsWhatWasTyped(String language) {
        world.language.set(language);
        var page = save("company-name=&from=own&from-address=jan@gmail.com&reply=partner&unverified=refuse&note=why&kind.task.reply=other_address")
                .page();
        assertThat(page.indexOf("#company-name")).isLessThan(page.indexOf("#from-address")).isPositive();
        assertThat(page.indexOf("#from-address")).isLessThan(page.indexOf("#kind.task.address"));
        assertThat(page)
                .contains("value=\"jan@gmail.com\"", "name=\"note\" maxlength=\"500\" value=\"why\"")
                .containsPattern("value=\"partner\" checked")
                .containsPattern("value=\"refuse\" checked")
                .containsPattern("<details id=\"kind\\.task\\.box\" open");
    }

    @Test
    void saysThatAWordIsNoChoice() {
        world.returns("{ domain: return.example.org, replies: reply.example.org }");
        for (var field : List.of("tell", "known-bad", "auto-replies", "notice-language", "kind.task.replies")) {
            assertSays(save(field + "=soon"), field, "“soon” is not one of the choices.");
        }
        assertThat(save("replies=soon").page())
                .contains("<a href=\"#replies\">“soon” is not one of the choices.</a>", "id=\"replies.soon-problem\"");
        world.returns.set(Optional.empty());
        assertThat(save("tell=soon").page()).contains("The settings have a problem in “returns.tell”, which this page does not show.");
    }

    /// Of two mailboxes of other offices and names in strange letters: they are saved, and told.
    @Test
    void warnsBesideTheField() throws SQLException {
        world.put("peeters", "{\"company\":\"Peeters <shared@dupont.example>\"}");
        world.put("dupont",
                "{\"company\":\"Dup\u043ent <shared@dupont.example>\",\"contexts\":{\"task\":{\"reply-to\":\"general\",\"address\":\"T <x@elsewhere.example>\"}}}");
        assertThat(world.get(As.ADMIN, PAGE).page())
                .contains("id=\"company-name-warning\">This name mixes letters from several alphabets.")
                .contains("id=\"company-address-warning\">shared@dupont.example is also the address of another office.")
                .contains("id=\"kind.task.address-warning\">T &lt;x@elsewhere.example&gt; is not at one of your domains.")
                .doesNotContain("peeters");
    }
}
