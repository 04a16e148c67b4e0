package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.platform.json.JsonReader;
import facteur.store.Author;
import facteur.store.Precondition;
import facteur.store.StoredCard;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One card: changed, made and deleted.
final class ClientPageTest {
    private static final String CLIENTS = "/o/dupont/clients";
    private static final String CARD = CLIENTS + "/card";
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Author JAN = new Author(Via.CONSOLE, "jan", "", "", "");

    @TempDir
    Path folder;

    private ConsoleWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new ConsoleWorld(folder);
        put("R-1", "{\"name\":\"Bakkerij Peeters\",\"partner\":[\"An Peeters <an@dupont.example>\"]}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void put(String relation, String json) throws Exception {
        world.store.cards().put(DUPONT, new RelationId(relation), JsonReader.read(json), new Precondition.None(), JAN);
    }

    private Optional<StoredCard> card(String relation) throws SQLException {
        return world.store.cards().card(DUPONT, new RelationId(relation));
    }

    private List<String> people(Role role) throws SQLException {
        return card("R-1").orElseThrow().people().getOrDefault(role, List.of()).stream().map(Object::toString).toList();
    }

    @Test
    void savesWhatWasTypedAndTakesItBack() throws Exception {
        var saved = world.post(
                As.ADMIN, CARD, "relation", "R-1", "version", "2", "name", "Peeters & Zn", "person.partner", "an peeters", "person.partner", "",
                "person.collaborator", "Jan Janssens <jan@dupont.example>", "note", "new colleague");
        assertThat(saved.location()).isEqualTo(CARD + "?relation=R-1&saved=3");
        assertThat(card("R-1").orElseThrow().name()).isEqualTo("Peeters & Zn");
        assertThat(people(Role.PARTNER)).as("found by the name alone").containsExactly("An Peeters <an@dupont.example>");
        assertThat(people(Role.COLLABORATOR)).containsExactly("Jan Janssens <jan@dupont.example>");
        var version = world.store.history().version(DUPONT, 3).orElseThrow().version();
        assertThat(version.author().note()).isEqualTo("new colleague");
        assertThat(version.author().via()).isEqualTo(Via.CONSOLE);
        assertThat(world.get(As.ADMIN, saved.location()).page()).contains("Saved as version 3.", "name=\"version\" value=\"3\"");
        var undone = world.post(As.ADMIN, CLIENTS + "/undo", "version", "3", "relation", "R-1");
        assertThat(undone.location()).isEqualTo(CARD + "?relation=R-1&undone=4");
        assertThat(card("R-1").orElseThrow().name()).isEqualTo("Bakkerij Peeters");
        assertThat(world.get(As.ADMIN, undone.location()).page()).contains("Undone, as version 4.");
    }

    @Test
    void makesNoVersionOfNoChange() {
        var same = world.post(As.ADMIN, CARD, "relation", "R-1", "version", "2", "name", "Bakkerij Peeters", "person.partner", "an@dupont.example");
        assertThat(same.location()).as("without the name").isEqualTo(CARD + "?relation=R-1&saved=3");
        var again = world.post(As.ADMIN, CARD, "relation", "R-1", "version", "3", "name", "Bakkerij Peeters", "person.partner", "an@dupont.example");
        assertThat(again.location()).isEqualTo(CARD + "?relation=R-1&unchanged=yes");
        assertThat(world.get(As.ADMIN, again.location()).page()).contains("Nothing has changed.");
    }

    @Test
    void addsAndRemovesPlacesWithoutScriptAndWithoutSaving() throws Exception {
        var more = world.post(
                As.ADMIN, CARD, "relation", "R-1", "version", "2", "name", "typed", "person.partner", "one@dupont.example", "add", "partner");
        assertThat(more.status()).isEqualTo(200);
        assertThat(more.page()).contains(
                "id=\"person-partner-1\" name=\"person.partner\" value=\"\" list=\"known\" autocomplete=\"off\" autofocus", "value=\"typed\"",
                "value=\"one@dupont.example\"");
        var less = world.post(
                As.ADMIN, CARD, "relation", "R-1", "version", "2", "person.partner", "one@dupont.example", "person.partner", "two@dupont.example",
                "remove", "partner.0");
        assertThat(less.page()).contains("value=\"two@dupont.example\"").doesNotContain("value=\"one@dupont.example\"", "person-partner-1\"");
        assertThat(world.post(As.ADMIN, CARD, "relation", "R-1", "version", "2", "remove", "partner.99").status()).isEqualTo(200);
        assertThat(world.post(As.ADMIN, CARD, "relation", "R-1", "version", "2", "remove", "x.-1").status()).isEqualTo(200);
        assertThat(world.post(As.ADMIN, CARD, "relation", "R-1", "version", "2", "add", "nobody").status()).isEqualTo(200);
        assertThat(card("R-1").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void saysBesideTheFieldWhatIsWrong() throws Exception {
        var wrong = world.post(
                As.ADMIN, CARD, "relation", "R-1", "version", "2", "name", "typed", "person.partner", "<script>", "person.partner",
                "an@dupont.example", "person.partner", "AN@dupont.example");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page()).contains(
                "<title>Error: Bakkerij Peeters", "href=\"#person-partner-0\"", "“&lt;script&gt;” is ", "id=\"person-partner-2-problem\"",
                "AN@dupont.example is in the list already.", "value=\"typed\"").doesNotContain("<script>\"", "“<script>");
        assertThat(card("R-1").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void saysThatFiveCount() throws Exception {
        put("R-6", "{\"partner\":[\"a@d.example\",\"b@d.example\",\"c@d.example\",\"d@d.example\",\"e@d.example\",\"f@d.example\"]}");
        assertThat(world.get(As.ADMIN, CARD + "?relation=R-6").page()).contains("Only the first five get replies.");
        assertThat(world.get(As.ADMIN, CARD + "?relation=R-1").page()).doesNotContain("Only the first five get replies.");
    }

    @Test
    void anothersChangeIsNotOverwrittenUnseen() throws Exception {
        put("R-1", "{\"name\":\"Theirs\"}");
        var stale = world.post(As.ADMIN, CARD, "relation", "R-1", "version", "2", "name", "Mine");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.page()).contains("value=\"Mine\"", "Name: Theirs", "name=\"version\" value=\"3\"");
        assertThat(card("R-1").orElseThrow().name()).isEqualTo("Theirs");
        assertThat(world.post(As.ADMIN, CARD, "relation", "R-1", "version", "3", "name", "Mine").status()).isEqualTo(303);
        world.post(As.ADMIN, CLIENTS + "/delete", "relation", "R-1");
        assertThat(world.post(As.ADMIN, CARD, "relation", "R-1", "version", "4", "name", "Mine").status()).isEqualTo(409);
        assertThat(card("R-1")).isEmpty();
    }

    @Test
    void makesAClientOnce() throws Exception {
        assertThat(world.get(As.ADMIN, CLIENTS + "/new").page()).contains("id=\"relation\"", "New client");
        assertThat(world.post(As.ADMIN, CARD, "relation", "", "version", "0").page()).contains("Give the client’s number.");
        assertThat(world.post(As.ADMIN, CARD, "relation", "x".repeat(129), "version", "0").page()).contains("128 characters at most");
        var taken = world.post(As.ADMIN, CARD, "relation", "R-1", "version", "0", "name", "Other");
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.page()).contains("There is a client R-1 already.", "value=\"Other\"");
        var made = world.post(As.ADMIN, CARD, "relation", "Ré 2/3 & \u202E", "version", "0", "name", "New");
        assertThat(made.location()).startsWith(CARD + "?relation=R%C3%A9%202%2F3%20%26%20%E2%80%AE&saved=3");
        assertThat(world.get(As.ADMIN, made.location()).page()).contains("<bdi>New</bdi>");
        assertThat(world.post(As.ADMIN, CLIENTS + "/undo", "version", "3", "relation", "Ré 2/3 & \u202E").location())
                .as("the card is gone").isEqualTo(CLIENTS + "?undone=4");
    }

    @Test
    void deletesAfterAsking() throws Exception {
        assertThat(world.get(As.ADMIN, CLIENTS + "/delete?relation=R-1").page()).contains("Delete the card of R-1?", "Bakkerij Peeters", "Cancel");
        assertThat(card("R-1")).isPresent();
        var deleted = world.post(As.ADMIN, CLIENTS + "/delete", "relation", "R-1");
        assertThat(deleted.location()).isEqualTo(CLIENTS + "?deleted=3");
        assertThat(card("R-1")).isEmpty();
        assertThat(world.get(As.ADMIN, deleted.location()).page()).contains("Deleted as version 3.", "name=\"version\" value=\"3\"");
        assertThat(world.post(As.ADMIN, CLIENTS + "/undo", "version", "3").location()).isEqualTo(CLIENTS + "?undone=4");
        assertThat(card("R-1")).isPresent();
        assertThat(world.get(As.ADMIN, CLIENTS + "/delete?relation=none").status()).isEqualTo(404);
    }

    /// The office of the path is in each statement.
    @Test
    void neverShowsACardOfAnotherOffice() throws SQLException, IOException {
        world.put("peeters", ConsoleWorld.DUPONT.replace("dupont", "peeters"));
        assertThat(world.get(As.OTHER, CARD + "?relation=R-1").status()).isEqualTo(404);
        assertThat(world.get(As.OTHER, "/o/peeters/clients/card?relation=R-1").status()).isEqualTo(404);
        assertThat(world.post(As.OTHER, "/o/peeters/clients/delete", "relation", "R-1").status()).isEqualTo(303);
        assertThat(world.post(As.OTHER, "/o/peeters/clients/undo", "version", "2").status()).isEqualTo(404);
        assertThat(card("R-1")).isPresent();
    }

    @Test
    void undoesWhatCanBe() {
        assertThat(world.post(As.ADMIN, CLIENTS + "/undo").status()).isEqualTo(404);
        assertThat(world.post(As.ADMIN, CLIENTS + "/undo", "version", "x").status()).isEqualTo(404);
        assertThat(world.post(As.ADMIN, CLIENTS + "/undo", "version", "99").status()).isEqualTo(404);
        var first = world.post(As.ADMIN, CLIENTS + "/undo", "version", "1");
        assertThat(first.status()).isEqualTo(409);
        assertThat(first.page()).contains("This can’t be undone");
    }
}
