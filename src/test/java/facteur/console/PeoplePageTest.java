package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.mail.automatic.Language;
import facteur.office.OfficeId;
import facteur.platform.json.JsonValue;
import facteur.store.Author;
import facteur.store.CardImport;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may be a sender, and one person for another.
final class PeoplePageTest {
    private static final String PEOPLE = "/o/dupont/people";
    private static final String LISTED =
            "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"users\":[\"Jan Janssens <jan@dupont.example>\",\"An Peeters <an@dupont.example>\"]}";
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Author JAN = new Author(Via.CONSOLE, "jan", "", "", "");

    @TempDir
    Path folder;

    private ConsoleWorld world;

    @BeforeEach
    void open() throws SQLException, IOException {
        world = new ConsoleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String users() throws SQLException {
        var settings = (JsonValue.Members) world.store.settings().office(DUPONT).orElseThrow().settings();
        return settings.member("users").map(Object::toString).orElse("");
    }

    private void cards(int count) throws SQLException, IOException {
        var lines = IntStream.range(0, count)
                .mapToObj(i -> "{\"relation\":\"R-" + i + "\",\"collaborator\":[\"Jan Janssens <jan@dupont.example>\"],\"partner\":["
                        + (i % 2 == 0 ? "\"marc@dupont.example\",\"jan@dupont.example\"" : "") + "]}")
                .collect(Collectors.joining("\n"));
        world.store.imports().run(
                DUPONT, Files.writeString(folder.resolve("cards"), lines),
                new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.MERGE, CardImport.OnError.REFUSE), JAN);
    }

    private long cardsOf(String address) throws SQLException {
        return world.store.cards().people(DUPONT).stream()
                .filter(person -> person.mailbox().address().toString().equals(address))
                .mapToLong(person -> person.cards())
                .sum();
    }

    /// A page for thousands would be of no use to one who reads it, and cost the letters their memory.
    @Test
    void showsTheFirstOfThousandsOnCards() throws Exception {
        var lines = IntStream.range(0, 1_200)
                .mapToObj(i -> "{\"relation\":\"R-" + i + "\",\"partner\":[\"p" + (1_000 + i) + "@dupont.example\"]}")
                .collect(Collectors.joining("\n"));
        world.store.imports().run(
                DUPONT, Files.writeString(folder.resolve("cards"), lines),
                new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.MERGE, CardImport.OnError.REFUSE), JAN);

        var page = world.get(As.ADMIN, PEOPLE).page();

        assertThat(page).contains("1,200 people on cards", "The first 500 are shown.", ">p1499@dupont.example<")
                .doesNotContain("p1500@dupont.example");
        assertThat(world.get(As.ADMIN, "/o/dupont/clients").page().split("<option")).hasSizeBetween(1_000, 1_020);
        assertThat(world.get(As.ADMIN, "/o/dupont/clients/card?relation=R-1100").page().split("<option")).hasSizeBetween(1_000, 1_020);
        assertThat(world.get(As.ADMIN, "/o/dupont/people/replace?address=p1100@dupont.example").page().split("<option")).hasSizeBetween(1_000, 1_020);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void saysThatNobodyIsListed(Language language) {
        world.language.set(language.word());
        assertThat(world.get(As.ADMIN, PEOPLE).page()).contains(Texts.in(language).of("people.none"));
    }

    @Test
    void showsOnHowManyCardsEachStandsAndInWhichRoles() throws Exception {
        world.put("dupont", LISTED);
        cards(4);
        assertThat(world.get(As.ADMIN, PEOPLE).page()).contains(
                "2 people listed", "4 cards", "Collaborator 4, Partner 2", "One person on cards, not in the list", "marc@dupont.example",
                "/o/dupont/clients?person=jan%40dupont.example");
        assertThat(world.get(As.READER, PEOPLE).page()).contains("Only these people", "4 cards").doesNotContain(PEOPLE + "/remove", PEOPLE + "/add");
    }

    @Test
    void addsSomeoneAndTakesThatBack() throws Exception {
        var added = world.post(As.ADMIN, PEOPLE + "/add", "name", "Jan Janssens", "address", "jan@dupont.example");
        assertThat(added.location()).isEqualTo(PEOPLE + "?saved=2");
        assertThat(users()).isEqualTo("[\"Jan Janssens <jan@dupont.example>\"]");
        assertThat(world.get(As.ADMIN, added.location()).page()).contains("Saved as version 2.", "name=\"version\" value=\"2\"");
        assertThat(world.post(As.ADMIN, PEOPLE + "/add", "name", "", "address", "An <an@dupont.example>").location()).isEqualTo(PEOPLE + "?saved=3");
        assertThat(world.post(As.ADMIN, PEOPLE + "/undo", "version", "2").status()).as("not the newest").isEqualTo(409);
        assertThat(world.post(As.ADMIN, PEOPLE + "/undo", "version", "3").location()).isEqualTo(PEOPLE + "?undone=4");
        assertThat(users()).isEqualTo("[\"Jan Janssens <jan@dupont.example>\"]");
    }

    @Test
    void saysWhatIsWrongWithAnAddress() throws Exception {
        world.put("dupont", LISTED);
        assertThat(world.post(As.ADMIN, PEOPLE + "/add", "name", "x", "address", "").page()).contains("Give an e-mail address.");
        assertThat(world.post(As.ADMIN, PEOPLE + "/add", "name", "x", "address", "jan").page()).contains("“jan” is ");
        var twice = world.post(As.ADMIN, PEOPLE + "/add", "name", "<script>", "address", "JAN@dupont.example");
        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.page()).contains("JAN@dupont.example is in the list already.", "value=\"&lt;script>\"").doesNotContain("<script>\"");
    }

    @Test
    void onlyThesePeopleBeginsWithThoseOnCards() throws Exception {
        assertThat(world.post(As.ADMIN, PEOPLE + "/senders", "senders", "listed").page()).contains("Add the first person.");
        cards(2);
        assertThat(world.get(As.ADMIN, PEOPLE).page()).contains("The list begins with the 2 people on your clients’ cards.");
        assertThat(world.post(As.ADMIN, PEOPLE + "/senders", "senders", "listed").location()).isEqualTo(PEOPLE + "?saved=3");
        assertThat(users()).isEqualTo("[\"Jan Janssens <jan@dupont.example>\",\"marc@dupont.example\"]");
        assertThat(world.post(As.ADMIN, PEOPLE + "/senders", "senders", "anybody").location()).isEqualTo(PEOPLE + "?saved=4");
        assertThat(users()).isEmpty();
        assertThat(world.post(As.ADMIN, PEOPLE + "/undo", "version", "4").status()).isEqualTo(303);
        assertThat(users()).contains("marc@dupont.example");
    }

    @Test
    void removesSomeoneWhoIsOnNoCardAtOnce() throws Exception {
        world.put("dupont", LISTED);
        assertThat(world.post(As.ADMIN, PEOPLE + "/remove", "address", "an@dupont.example").location()).isEqualTo(PEOPLE + "?saved=3");
        assertThat(users()).isEqualTo("[\"Jan Janssens <jan@dupont.example>\"]");
        assertThat(world.post(As.ADMIN, PEOPLE + "/remove", "address", "nobody@dupont.example").location()).isEqualTo(PEOPLE + "?unchanged=yes");
    }

    /// On 212 cards: one version, and both it and the list are taken back by one button.
    @Test
    void replacesSomeoneOnAllCardsBeforeTheyAreRemoved() throws Exception {
        world.put("dupont", LISTED);
        cards(212);
        var removing = world.post(As.ADMIN, PEOPLE + "/remove", "address", "jan@dupont.example");
        assertThat(removing.location()).isEqualTo(PEOPLE + "/replace?address=jan%40dupont.example&remove=yes");
        assertThat(world.get(As.ADMIN, removing.location()).page()).contains(
                "Jan Janssens is on 212 cards.", "Collaborator 212, Partner 106", "Remove, and change 212 cards");
        var done = world.post(
                As.ADMIN, PEOPLE + "/replace", "address", "jan@dupont.example", "remove", "yes", "how", "person", "to", "An Peeters", "note", "left");
        assertThat(done.location()).isEqualTo(PEOPLE + "?cards=4&saved=5");
        assertThat(cardsOf("jan@dupont.example")).isZero();
        assertThat(cardsOf("an@dupont.example")).isEqualTo(212);
        assertThat(users()).isEqualTo("[\"An Peeters <an@dupont.example>\"]");
        assertThat(world.store.history().version(DUPONT, 4).orElseThrow().version().cards()).isEqualTo(212);
        assertThat(world.get(As.ADMIN, done.location()).page()).contains(
                "Changed on 212 cards, as version 4.", "name=\"version\" value=\"5\"", "name=\"version\" value=\"4\"");
        var undone = world.post(As.ADMIN, PEOPLE + "/undo", "version", "5", "version", "4");
        assertThat(undone.location()).isEqualTo(PEOPLE + "?undone=7");
        assertThat(cardsOf("jan@dupont.example")).isEqualTo(212);
        assertThat(users()).contains("jan@dupont.example");
    }

    @Test
    void leavesARoleEmptyWhenThatIsChosen() throws Exception {
        cards(3);
        assertThat(world.post(As.ADMIN, PEOPLE + "/replace", "address", "jan@dupont.example", "how", "nobody").location())
                .isEqualTo(PEOPLE + "?cards=3");
        assertThat(cardsOf("jan@dupont.example")).isZero();
        assertThat(cardsOf("marc@dupont.example")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nope", "jan@dupont.example", "Jan Janssens", "a@d.example, b@d.example"})
    void wantsOneOtherPerson(String to) throws Exception {
        cards(2);
        var refused = world.post(As.ADMIN, PEOPLE + "/replace", "address", "jan@dupont.example", "how", "person", "to", to);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page()).contains("href=\"#to\"", "id=\"to-problem\"");
        assertThat(cardsOf("jan@dupont.example")).isEqualTo(2);
    }

    @Test
    void removesFromTheListOnlyWhenAnAppKeepsTheCards() throws Exception {
        world.put("dupont", LISTED);
        cards(2);
        var suite = new Author(Via.API, "suite", "", "", "");
        world.store.imports().run(
                DUPONT, Files.writeString(folder.resolve("pushed"), "{\"relation\":\"R-0\",\"name\":\"x\"}"),
                new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.MERGE, CardImport.OnError.REFUSE), suite);
        var ask = world.get(As.ADMIN, PEOPLE + "/replace?address=jan%40dupont.example&remove=yes");
        assertThat(ask.page()).contains("The software “suite” keeps the cards", "Remove from the list only").doesNotContain("name=\"how\"");
        assertThat(world.post(As.ADMIN, PEOPLE + "/replace", "address", "jan@dupont.example", "remove", "yes").location())
                .isEqualTo(PEOPLE + "?saved=5");
        assertThat(cardsOf("jan@dupont.example")).isEqualTo(2);
        assertThat(users()).isEqualTo("[\"An Peeters <an@dupont.example>\"]");
    }

    @Test
    void changesNameAndAddressOnCardsToo() throws Exception {
        world.put("dupont", LISTED);
        cards(3);
        assertThat(world.get(As.ADMIN, PEOPLE + "/person?address=jan%40dupont.example").page()).contains("Change it on the 3 cards, too", "checked");
        var changed = world.post(
                As.ADMIN, PEOPLE + "/person", "was", "jan@dupont.example", "name", "Jan J. Janssens", "address", "jj@dupont.example", "cards", "yes");
        assertThat(changed.location()).isEqualTo(PEOPLE + "?saved=4&cards=5");
        assertThat(cardsOf("jj@dupont.example")).isEqualTo(3);
        assertThat(users()).contains("Jan J. Janssens <jj@dupont.example>").doesNotContain("jan@");
        var twice = world.post(As.ADMIN, PEOPLE + "/person", "was", "jj@dupont.example", "name", "x", "address", "an@dupont.example");
        assertThat(twice.status()).isEqualTo(422);
        assertThat(world.post(As.ADMIN, PEOPLE + "/person", "was", "jj@dupont.example", "address", "no").page()).contains("“no” is ");
        assertThat(world.get(As.ADMIN, PEOPLE + "/person?address=nobody%40dupont.example").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/add", "/remove", "/senders", "/person", "/replace", "/undo"})
    void readersAndOthersChangeNothing(String path) throws Exception {
        world.put("dupont", LISTED);
        assertThat(world.post(As.READER, PEOPLE + path, "address", "jan@dupont.example").status()).isEqualTo(404);
        assertThat(world.post(As.OTHER, PEOPLE + path, "address", "jan@dupont.example").status()).isEqualTo(404);
        assertThat(world.store.settings().office(DUPONT).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void isReadOnlyWhereSettingsAreKeptElsewhere() throws Exception {
        world.put("dupont", LISTED);
        world.elsewhere.set(Optional.of("sql"));
        assertThat(world.get(As.ADMIN, PEOPLE).page()).contains("(sql)", "Jan Janssens").doesNotContain("action=\"" + PEOPLE);
        assertThat(world.post(As.ADMIN, PEOPLE + "/add", "name", "x", "address", "x@dupont.example").status()).isEqualTo(404);
        assertThat(world.get(As.ADMIN, PEOPLE + "/replace?address=jan%40dupont.example").status()).isEqualTo(404);
        assertThat(world.post(As.ADMIN, PEOPLE + "/undo", "version", "2").status()).isEqualTo(404);
    }
}
