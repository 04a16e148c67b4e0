package facteur.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.console.ConsoleWorld.Reply;
import facteur.mail.automatic.Language;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.json.JsonReader;
import facteur.store.Author;
import facteur.store.CardFilter;
import facteur.store.CardImport;
import facteur.store.Precondition;
import facteur.store.StoredCard;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients from a file: first what it would do, then it is done.
final class ImportPageTest {
    private static final String CLIENTS = "/o/dupont/clients";
    private static final String IMPORT = CLIENTS + "/import";
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Author JAN = new Author(Via.CONSOLE, "jan", "", "", "");
    private static final Pattern FIELD = Pattern.compile("name=\"(file|seen)\" value=\"([^\"]*)\"");

    /// One new, one changed, one as it is, and two lines with problems.
    private static final String TWO_BAD =
            """
            relation,name,partner
            R-1,Bakkerij Peeters,an@dupont.example
            R-2,Garage Claes,jan@dupont.example
            R-3,Nieuw,
            R-4,Slecht,an@
            R-5,Te veel,a,b
            """;

    @TempDir
    Path folder;

    private ConsoleWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new ConsoleWorld(folder);
        put("R-1", "{\"name\":\"Bakkerij Peeters\",\"partner\":[\"an@dupont.example\"]}");
        put("R-2", "{\"name\":\"Garage\",\"collaborator\":[\"kim@dupont.example\"]}");
        put("R-8", "{}");
        put("R-9", "{}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void put(String relation, String json) throws Exception {
        world.store.cards().put(DUPONT, new RelationId(relation), JsonReader.read(json), new Precondition.None(), JAN);
    }

    private Map<String, StoredCard> cards() throws SQLException {
        return world.store.cards().cards(DUPONT, CardFilter.ALL, Optional.empty(), 1000).stream()
                .collect(Collectors.toMap(card -> card.relation().text(), card -> card));
    }

    private long version() throws SQLException {
        return world.store.settings().office(DUPONT).orElseThrow().version();
    }

    /// Brought as text.
    private Reply look(String text) {
        var staged = world.post(As.ADMIN, IMPORT, "text", text);
        assertThat(staged.status()).isEqualTo(303);
        return world.get(As.ADMIN, staged.location());
    }

    private static String field(Reply look, String name) {
        return FIELD.matcher(look.page()).results().filter(found -> found.group(1).equals(name)).map(found -> found.group(2)).findFirst().orElse("");
    }

    private Reply take(Reply look, String... more) {
        var fields = Stream.concat(Stream.of("file", field(look, "file"), "seen", field(look, "seen")), Stream.of(more)).toArray(String[]::new);
        return world.post(As.ADMIN, IMPORT + "/take", fields);
    }

    @Test
    void countsFirstAndWritesWhenItIsTakenOver() throws Exception {
        var look = look(TWO_BAD);
        assertThat(look.status()).isEqualTo(200);
        assertThat(look.page()).contains(
                "1 new", "1 changed", "1 as they are", "2 lines with problems", "Line 5", "“an@” is ", "Line 6",
                "4 cells instead of 3", "Put a cell that holds , in quotation marks", "Also remove the 2 clients");
        assertThat(cards()).containsOnlyKeys("R-1", "R-2", "R-8", "R-9");
        assertThat(version()).isEqualTo(5);

        var taken = take(look, "note", "new year");
        assertThat(taken.location()).isEqualTo(CLIENTS + "?imported=6&skipped=2");
        assertThat(cards()).containsOnlyKeys("R-1", "R-2", "R-3", "R-8", "R-9");
        assertThat(Objects.requireNonNull(cards().get("R-2")).people()).as("a column that the file doesn't have stays").hasSize(2);
        assertThat(version()).isEqualTo(6);
        assertThat(world.store.history().version(DUPONT, 6).orElseThrow().version().author().note()).isEqualTo("new year");
        assertThat(world.get(As.ADMIN, taken.location()).page()).contains("Applied as version 6: 2 cards were changed.",
                "2 lines with problems were left out.");
        assertThat(left()).isEmpty();

        assertThat(take(look).status()).as("used up").isEqualTo(404);
        assertThat(world.post(As.ADMIN, CLIENTS + "/undo", "version", "6").location()).isEqualTo(CLIENTS + "?undone=7");
        assertThat(cards()).containsOnlyKeys("R-1", "R-2", "R-8", "R-9");
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(world.services.uploads())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void removesWhatTheFileDoesNotNameWhenTheBoxIsTicked() throws Exception {
        var look = look("relation\nR-1\nR-2\n");
        assertThat(look.page()).contains("name=\"remove\" value=\"yes\">");
        var taken = take(look, "remove", "yes");
        assertThat(taken.location()).isEqualTo(CLIENTS + "?imported=6");
        assertThat(cards()).containsOnlyKeys("R-1", "R-2");
        assertThat(world.post(As.ADMIN, CLIENTS + "/undo", "version", "6").status()).isEqualTo(303);
        assertThat(cards()).containsOnlyKeys("R-1", "R-2", "R-8", "R-9");
    }

    @Test
    void removesNobodyWhoMayBeMeantByABadLine() throws Exception {
        var look = look("relation\nR-1\n" + "x".repeat(129) + "\n");
        assertThat(look.page()).contains("They can be removed only with a file without such problems").doesNotContain("name=\"remove\"");
        var _ = take(look, "remove", "yes");
        assertThat(cards()).containsOnlyKeys("R-1", "R-2", "R-8", "R-9");
    }

    @Test
    void takesOverNothingElseThanWhatWasShown() throws Exception {
        var look = look(TWO_BAD);
        put("R-3", "{\"name\":\"Someone was faster\"}");
        var again = take(look);
        assertThat(again.location()).contains("/import/look?file=", "&again=yes");
        assertThat(version()).isEqualTo(6);
        var second = world.get(As.ADMIN, again.location());
        assertThat(second.page()).contains("Cards have been changed meanwhile.", "0 new", "2 changed");
        assertThat(take(second).location()).isEqualTo(CLIENTS + "?imported=7&skipped=2");
    }

    @Test
    void hasNothingToTakeOverWhenAllIsThere() {
        var look = look("relation\nR-1\nR-2\nR-8\nR-9\n");
        assertThat(look.page()).contains("The file changes nothing.").doesNotContain("/import/take");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void saysInTheLanguageOfThePageWhyAFileIsOfNoUse(Language language) {
        world.language.set(language.word());
        var texts = Texts.in(language);
        assertThat(look("number,partnr\nR-1,\n").page()).contains(
                texts.of("clients.import.column.unknown", "number"), texts.of("clients.import.column.missing", "relation"),
                texts.of("clients.import.column.unknown", "partnr"), ">partner<", texts.of("clients.import.unusable"));
        assertThat(look("relation\n\"R-1\n").page()).contains(texts.of("clients.import.quote"));
        assertThat(look("sep=;\nrelation\n").page()).contains(texts.of("clients.import.sep"));
        assertThat(look("relation,delete\n,false\nR-1,maybe\nR-2,\nR-2,\n").page()).contains(
                texts.of("clients.import.number.missing"), texts.of("clients.import.delete", "maybe"), texts.of("clients.import.twice", "R-2"));
        assertThat(look("relation,\nR-1,stray\n").page()).contains(texts.of("clients.import.stray"));
        assertThat(look("relation;partner\nR-1;Janssens, Jan <jan@d.example>\n").page()).contains("\"Janssens, Jan\" &lt;jan@d.example&gt;");
        assertThat(upload("x.csv", "relation\nR-\u00e9\n".getBytes(ISO_8859_1)).page())
                .contains(texts.of("error.file.unreadable"));
    }

    /// A file as browsers send it, and the page that shows it.
    private Reply upload(String fileName, byte[] octets) {
        var sent = send(fileName, octets);
        return sent.status() == 303 ? world.get(As.ADMIN, sent.location()) : sent;
    }

    private Reply send(String fileName, byte[] octets) {
        var body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"\r\nContent-Type: text/csv\r\n\r\n"
                + new String(octets, ISO_8859_1)
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--b--\r\n";
        return world.ask(
                "POST",
                IMPORT,
                Map.of("Host", "localhost", "Cookie", "facteur=ADMIN", "Sec-Fetch-Site", "same-origin",
                        "Content-Type", "multipart/form-data; boundary=b"),
                body.getBytes(ISO_8859_1));
    }

    @Test
    void neverUsesTheNameOfAFile() throws IOException {
        var look = upload("../../evil.csv", TWO_BAD.getBytes(UTF_8));
        assertThat(look.page()).contains("1 new").doesNotContain("evil");
        assertThat(left()).singleElement().asString().matches("[0-9a-f]{32}\\.staged");
        assertThat(folder.resolve("evil.csv")).doesNotExist();
        assertThat(folder.resolveSibling("evil.csv")).doesNotExist();
    }

    @Test
    void wantsAFileOrText() throws IOException {
        assertThat(upload("", new byte[0]).page()).contains("Choose a file, or paste lines.", "<title>Error: ");
        assertThat(world.post(As.ADMIN, IMPORT).status()).isEqualTo(422);
        assertThat(left()).isEmpty();
    }

    @Test
    void takesAHundredThousandLinesAndNoMore() {
        var lines = IntStream.rangeClosed(0, CardImport.LINES).mapToObj(i -> "R-" + i).collect(Collectors.joining("\n", "relation\n", "\n"));
        var many = upload("x.csv", lines.getBytes(UTF_8));
        assertThat(many.status()).isEqualTo(422);
        assertThat(many.page()).contains("The file has more than 100,000 lines.");
    }

    @Test
    void takesThirtyTwoMegabytesAndNoMore() throws IOException {
        var refused = send("x.csv", new byte[33 * 1024 * 1024]);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.page()).contains("A file can have up to 32 MB");
        assertThat(left()).isEmpty();
    }

    @Test
    void takesWhatIsInTheFileForText() {
        var look = look("relation,name,<img src=x onerror=alert(1)>\n<script>alert(1)</script>,\"><b>\n");
        assertThat(look.page()).contains("&lt;img src=x").doesNotContain("<img", "<script>alert", "\"><b>");
        assertThat(look("relation,partner\n<script>alert(1)</script>,<script>\n").page()).contains("“&lt;script&gt;”")
                .doesNotContain("<script>alert");
    }

    @Test
    void belongsToItsOffice() throws SQLException {
        world.put("peeters", ConsoleWorld.DUPONT.replace("dupont", "peeters"));
        var staged = world.post(As.ADMIN, IMPORT, "text", TWO_BAD).location();
        assertThat(world.get(As.OTHER, staged).status()).isEqualTo(404);
        assertThat(world.get(As.OTHER, staged.replace("dupont", "peeters")).page()).doesNotContain("Nieuw").contains("no longer here");
        assertThat(world.get(As.READER, staged).status()).isEqualTo(404);
        assertThat(world.get(As.ADMIN, IMPORT + "/look").status()).isEqualTo(404);
    }

    /// The room that letters need isn't for files of clients.
    @Test
    void putsNothingAsideWithoutRoomForLetters() throws IOException {
        world.store.whileThereIs(() -> false);
        assertThat(send("x.csv", TWO_BAD.getBytes(UTF_8)).status()).isEqualTo(503);
        assertThat(left()).isEmpty();
    }

    @Test
    void waitsItsTurn() throws Exception {
        var look = look(TWO_BAD);
        try (var _ = world.store.slots().take(DUPONT)) {
            var busy = take(look);
            assertThat(busy.status()).isEqualTo(409);
            assertThat(busy.page()).contains("Many cards are being written at this moment.", "/import/take");
        }
        assertThat(take(look).location()).startsWith(CLIENTS + "?imported=6");
    }
}
