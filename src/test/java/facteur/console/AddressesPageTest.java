package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The list of clients' addresses that don't work.
final class AddressesPageTest {
    private static final String PAGE = "/o/dupont/clients/addresses";
    private static final String GONE = "gone@client.example";

    private ConsoleWorld world;
    private QueuedLetters letters;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        world = new ConsoleWorld(folder);
        letters = new QueuedLetters(world, folder);
    }

    @AfterEach
    void close() {
        letters.close();
        world.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "en|This address does not exist.|Take off the list", "fr|Cette adresse n’existe pas.|Retirer de la liste",
        "nl|Dit adres bestaat niet.|Van de lijst halen"
    })
    void saysWhichAddressesDoNotWorkAndWhy(String language, String why, String forget) throws Exception {
        world.language.set(language);
        letters.bounced("dupont", GONE);
        letters.bounced("peeters", "other@client.example");
        var page = world.get(As.ADMIN, PAGE);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.page())
                .contains("<bdi>" + GONE + "</bdi>", why, ">" + forget + "<", "/o/dupont/log?address=gone%40client.example")
                .contains("<q lang=\"en\">550 5.1.1 &lt;script&gt;no such user&lt;/script&gt; (mx.client.example)</q>")
                .doesNotContain("other@client.example", "<script>no");
    }

    @Test
    void anAdminTakesOneOff() throws Exception {
        letters.bounced("dupont", GONE);
        var done = world.post(As.ADMIN, PAGE + "/forget", "address", GONE);
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.location()).isEqualTo(PAGE + "?forgotten=gone%40client.example");
        assertThat(world.get(As.ADMIN, done.location()).page()).contains(GONE + " is off the list.", "no address that is known not to work");
        assertThat(world.acts).containsExactly("person=jan peer=192.0.2.7: addresses forget gone@client.example --office dupont");

        assertThat(world.post(As.ADMIN, PAGE + "/forget", "address", GONE).location()).isEqualTo(done.location());
        assertThat(world.acts).hasSize(1);
    }

    @Test
    void othersReadOrSeeNothing() throws Exception {
        letters.bounced("dupont", GONE);
        assertThat(world.get(As.READER, PAGE).page()).contains(GONE).doesNotContain("/forget");
        assertThat(world.post(As.READER, PAGE + "/forget", "address", GONE).status()).isEqualTo(404);
        assertThat(world.get(As.OTHER, PAGE).status()).isEqualTo(404);
        assertThat(world.post(As.ADMIN, "/o/peeters/clients/addresses/forget", "address", GONE).status()).isEqualTo(404);
        assertThat(world.get(As.ADMIN, PAGE + "?forgotten=" + GONE).page()).contains(GONE).doesNotContain("is off the list");
        assertThat(world.acts).isEmpty();
    }

    /// Wherever cards are kept, the list is here.
    @Test
    void clientsLeadThereOnceThereAreSome() throws Exception {
        var link = "<a href=\"" + PAGE + "\">Addresses that don’t work</a>";
        assertThat(world.get(As.READER, "/o/dupont/clients").page()).doesNotContain(link);
        letters.bounced("dupont", GONE);
        assertThat(world.get(As.READER, "/o/dupont/clients").page()).contains(link);
        world.elsewhere.set(Optional.of("files"));
        assertThat(world.get(As.READER, "/o/dupont/clients").page()).contains(link);
        assertThat(world.post(As.ADMIN, PAGE + "/forget", "address", GONE).status()).isEqualTo(303);
        assertThat(world.acts).hasSize(1);
    }

    @Test
    void clientsLeadThereWhereReturnsAreRead() {
        world.returns("{ domain: return.example }");
        assertThat(world.get(As.READER, "/o/dupont/clients").page()).contains(PAGE);
        assertThat(world.get(As.READER, PAGE).page()).contains("no address that is known not to work");
    }

    @Test
    void aLongListHasPages() throws Exception {
        for (var i = 0; i < 51; i++) {
            letters.bounced("dupont", "c%02d@client.example".formatted(i));
        }
        assertThat(world.get(As.READER, PAGE).page())
                .contains("c49@client.example", PAGE + "?after=c49%40client.example").doesNotContain("c50@client.example");
        assertThat(world.get(As.READER, PAGE + "?after=c49%40client.example").page())
                .contains("c50@client.example", "<a href=\"" + PAGE + "\">First page").doesNotContain("c49@client.example");
        assertThat(world.get(As.READER, PAGE + "?after=%00").status()).isIn(200, 400);
    }
}
