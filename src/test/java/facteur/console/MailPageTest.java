package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.console.ConsoleWorld.Reply;
import facteur.office.OfficeId;
import facteur.platform.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The page, and what becomes of its form.
final class MailPageTest {
    private static final String PAGE = "/o/dupont/mail";
    private static final OfficeId DUPONT = new OfficeId("dupont");

    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Reply save(String... fields) {
        return save(1, fields);
    }

    private Reply save(int version, String... fields) {
        var all = new ArrayList<>(List.of("version", Integer.toString(version)));
        all.addAll(List.of(fields));
        return world.post(As.ADMIN, PAGE, all.toArray(String[]::new));
    }

    private String settings() throws SQLException {
        return world.store.settings().office(DUPONT).orElseThrow().settings().toString();
    }

    @Test
    void showsWhoseSettingsTheseAreAndWhoSavedThem() {
        var reply = world.get(As.ADMIN, PAGE);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.page()).contains(
                "<title>Mail settings – Cabinet Dupont – facteur</title>",
                "<h1>Mail settings of Cabinet Dupont</h1>",
                "version 1, by suite, 23 November 2026, 08:00",
                "value=\"office@dupont.example\"",
                "inbox@relay.example");
    }

    @Test
    void savesWhatWasChosen() throws SQLException {
        var reply = save("reply", "responsible", "note", "as agreed");
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.location()).isEqualTo(PAGE + "?saved=2");
        assertThat(settings()).contains("\"reply-to\":\"responsible\"");
        assertThat(world.store.history().version(DUPONT, 2).orElseThrow().version().author())
                .extracting("actor", "note")
                .containsExactly("jan", "as agreed");
        assertThat(world.get(As.ADMIN, reply.location()).page()).contains("Saved as version 2. It counts from now on.", "Undo this change");
    }

    /// A version is a name, not an amount.
    @Test
    void writesVersionsWithoutGroupsOfDigits() throws SQLException {
        for (var i = 0; i < 1_000; i++) {
            world.put("dupont", ConsoleWorld.DUPONT.replace("Cabinet", i % 2 == 0 ? "Bureau" : "Cabinet"));
        }
        assertThat(world.get(As.ADMIN, PAGE + "?saved=1001").page()).contains("version 1001, by suite", "Saved as version 1001.");
    }

    @Test
    void savesNothingThatIsTheSame() {
        var reply = save("reply", "company", "from", "shared", "from-address", "not@sent.example");
        assertThat(reply.location()).isEqualTo(PAGE + "?unchanged=true");
        assertThat(world.get(As.ADMIN, reply.location()).page()).contains("Nothing has changed.");
    }

    @Test
    void onlySaysSavedOfTheVersionThatIsInForce() throws SQLException {
        save("reply", "sender");
        world.put("dupont", ConsoleWorld.DUPONT);
        assertThat(world.get(As.ADMIN, PAGE + "?saved=2").page()).doesNotContain("Saved as version", "Undo this");
    }

    @Test
    void undoesAsAVersionOfItsOwn() throws SQLException {
        save("reply", "sender");
        var reply = world.post(As.ADMIN, PAGE + "/undo", "version", "2");
        assertThat(reply.location()).isEqualTo(PAGE + "?saved=3&undone=2");
        assertThat(world.get(As.ADMIN, reply.location()).page()).contains("Version 2 has been undone.");
        assertThat(settings()).isEqualTo(ConsoleWorld.DUPONT);
        assertThat(world.store.history().version(DUPONT, 3).orElseThrow().version().undoes()).isEqualTo(2);
    }

    @Test
    void undoesNothingThatWasChangedSince() throws SQLException {
        save("reply", "sender");
        save(2, "reply", "partner");
        var reply = world.post(As.ADMIN, PAGE + "/undo", "version", "2");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.page()).contains("This change can’t be undone", "since version 2");
        assertThat(settings()).contains("partner");
    }

    @Test
    void keepsWhatTheFormDoesNotKnow() throws SQLException {
        world.put("dupont", "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"users\":[\"Jan <jan@dupont.example>\"],\"sandbox\":true}");
        save(2, "reply", "sender");
        assertThat(settings()).contains("\"users\":[\"Jan <jan@dupont.example>\"]", "\"sandbox\":true", "\"reply-to\":\"sender\"");
    }

    @Test
    void keepsBothWhenTwoChangeDifferentPoints() throws SQLException {
        save("reply", "sender");
        var reply = save("company-name", "Dupont SA", "reply", "company");
        assertThat(reply.location()).isEqualTo(PAGE + "?saved=3&merged=2");
        assertThat(settings()).contains("Dupont SA", "\"reply-to\":\"sender\"");
        assertThat(world.get(As.ADMIN, reply.location()).page()).contains("Saved as version 3.",
                "jan had saved version 2 in the meantime: both changes are kept.");
    }

    @Test
    void letsOneChooseWhereTwoChangedTheSame() throws SQLException {
        save("reply", "sender", "company-name", "Dupont SA");
        var conflict = save("reply", "partner", "unverified", "refuse");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.page())
                .contains("<title>Error: Mail settings", "jan saved version 2 in the meantime", "The partner on the client’s card",
                        "The sender: the user")
                .contains("name=\"pick.reply:\" value=\"mine\"", "name=\"company-name\" value=\"Dupont SA\"", "name=\"unverified\" value=\"refuse\"")
                .doesNotContain("pick.company-name");
        assertThat(world.store.settings().office(DUPONT).orElseThrow().settingsAt()).isEqualTo(2);
        assertThat(save(2, "both", "reply:", "reply", "partner").status()).isEqualTo(409);
        assertThat(save(2, "both", "reply:", "pick.reply:", "theirs", "reply", "partner", "unverified", "refuse").location()).endsWith("saved=3");
        assertThat(settings()).contains("\"reply-to\":\"sender\"", "\"when-unverified\":\"refuse\"");
        assertThat(save(3, "both", "reply:", "pick.reply:", "mine", "reply", "partner").location()).endsWith("saved=4");
        assertThat(settings()).contains("\"reply-to\":\"partner\"");
    }

    @Test
    void sendsAnAddressOfItsOwnOnlyWithItsChoice() throws SQLException {
        save("kind.task.reply", "other_address", "kind.task.address", "tasks@dupont.example");
        assertThat(settings()).contains("\"task\":{\"address\":\"tasks@dupont.example\",\"reply-to\":\"general\"}");
        save(2, "kind.task.reply", "sender", "kind.task.address", "tasks@dupont.example");
        assertThat(settings()).contains("\"task\":{\"reply-to\":\"sender\"}");
    }

    @Test
    void addsAKindOnce() throws SQLException {
        var added = save("act", "add", "kind-add", "  Reminder ");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.page()).contains("Not saved yet", "Reminders", "name=\"kind\" value=\"reminder\"");
        var twice = save("kind", "reminder", "act", "add", "kind-add", "REMINDER");
        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.page()).contains("REMINDER is there already");
        assertThat(save("act", "add", "kind-add", " ").page()).contains("Give a name.");
        assertThat(save("act", "add", "kind-add", "x".repeat(129)).page()).contains("At most 128 characters.");
        assertThat(save("act", "add", "kind-add", "a\u0007b").page()).contains("At most 128 characters.");
        assertThat(settings()).isEqualTo(ConsoleWorld.DUPONT);
        save("kind", "reminder");
        assertThat(settings()).contains("\"reminder\":{}");
        save(2);
        assertThat(settings()).doesNotContain("reminder");
    }

    @Test
    void removesAnAddressThatDoesNotCount() throws SQLException {
        world.put("dupont",
                "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"contexts\":{\"Task\":{\"reply-to\":\"partner\",\"address\":\"old@dupont.example\"}}}");
        assertThat(world.get(As.ADMIN, PAGE).page()).contains("old@dupont.example is stored but does not count", "forget:task");
        assertThat(save(2, "kind.task.ignored", "old@dupont.example", "act", "forget:task").page()).doesNotContain("is stored but");
        save(2);
        assertThat(settings()).contains("old@dupont.example");
        save(2, "kind.task.ignored", "");
        assertThat(settings()).contains("\"contexts\":{\"Task\":{\"reply-to\":\"partner\"}}");
    }

    @ParameterizedTest
    @EnumSource(value = As.class, names = {"READER", "VIEWER"})
    void letsReadersTryOnly(As as) throws SQLException {
        var page = world.get(as, PAGE).page();
        assertThat(page).contains("Only an administrator of the office can save", "Try on the last 500 messages").doesNotContain(">Save<",
                "value=\"add\"");
        assertThat(world.post(as, PAGE + "/preview", "version", "1", "reply", "sender").status()).isEqualTo(200);
        assertThat(world.post(as, PAGE, "version", "1", "reply", "sender").status()).isEqualTo(404);
        assertThat(world.post(as, PAGE + "/undo", "version", "1").status()).isEqualTo(404);
        assertThat(settings()).isEqualTo(ConsoleWorld.DUPONT);
    }

    @Test
    void onlyShowsWhatIsKeptElsewhere() throws SQLException {
        world.elsewhere.set(Optional.of("files"));
        var page = world.get(As.ADMIN, PAGE + "?client=R-1&writer=").page();
        assertThat(page.substring(page.indexOf("<main"), page.indexOf("</main>")))
                .contains("kept outside this console (files)", "<fieldset class=\"fields\" disabled", "value=\"office@dupont.example\"")
                .doesNotContain(">Save<", "method=\"post\"", "hx-post");
        for (var path : List.of(PAGE, PAGE + "/preview", PAGE + "/replay")) {
            assertThat(world.post(As.ADMIN, path, "version", "1", "reply", "sender").status()).isEqualTo(403);
        }
        assertThat(world.post(As.ADMIN, PAGE + "/undo", "version", "1").status()).isEqualTo(404);
        assertThat(settings()).isEqualTo(ConsoleWorld.DUPONT);
    }

    @ParameterizedTest
    @CsvSource({"STRANGER", "OTHER"})
    void isNotThereForOthers(As as) throws SQLException {
        assertThat(world.get(as, PAGE).page()).doesNotContain("Dupont");
        for (var path : List.of(PAGE, PAGE + "/preview", PAGE + "/replay", PAGE + "/undo")) {
            assertThat(world.post(as, path, "version", "1", "reply", "sender").page()).doesNotContain("Dupont");
        }
        assertThat(settings()).isEqualTo(ConsoleWorld.DUPONT);
    }

    @Test
    void leavesTheTrialToOperators() throws SQLException {
        assertThat(save("sandbox", "yes").page()).contains("Only an operator of the relay");
        assertThat(save("sandbox-shown", "yes", "sandbox", "yes").status()).isEqualTo(422);
        assertThat(save("role", "admin").page()).contains("This page has no field “role”.");
        assertThat(settings()).isEqualTo(ConsoleWorld.DUPONT);
        assertThat(world.get(As.OPERATOR, PAGE).page()).contains("name=\"sandbox\"");
        world.post(As.OPERATOR, PAGE, "version", "1", "sandbox-shown", "yes", "sandbox", "yes");
        assertThat(settings()).contains("\"sandbox\":true");
        assertThat(world.get(As.ADMIN, PAGE).page()).contains("Trial: messages are set aside").doesNotContain("name=\"sandbox\"");
    }

    private static final String RETURNED = "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"contexts\":{\"task\":{\"replies\":\"direct\"}},"
            + "\"replies\":\"late\",\"returns\":{\"known-bad\":\"refuse\",\"tell\":\"none\"}}";

    @Test
    void asksAboutWhatComesBackWhereItIsTakenIn() throws SQLException {
        world.put("dupont", RETURNED);
        world.returns("{ domain: return.example.org, replies: reply.example.org, tell: company, auto-replies: log }");
        var page = world.get(As.ADMIN, PAGE).page();
        assertThat(page).contains("Reply address that clients see", "Messages that come back",
                "name=\"replies\" value=\"late\" checked",
                "<option value=\"\">Standard: Your company’s general address</option>",
                "<option value=\"none\" selected>No one</option>",
                "<option value=\"refuse\" selected>Refuse them: your software gets an error</option>",
                "<option value=\"\" selected>Standard: Only note them in the log</option>",
                "<option value=\"\" selected>Standard: Nederlands</option>")
                .containsPattern(
                        "name=\"kind\\.task\\.replies\"[^>]*>\\s*<option value=\"\">Same as the general setting</option>\\s*<option value=\"direct\" selected>");
        save(2, "replies", "direct", "tell", "", "known-bad", "warn", "auto-replies", "relay", "notice-language", "fr", "kind.task.replies", "late");
        assertThat(settings()).isEqualTo("{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"contexts\":{\"task\":{\"replies\":\"late\"}},"
                + "\"replies\":\"direct\",\"returns\":{\"auto-replies\":\"relay\",\"known-bad\":\"warn\",\"language\":\"fr\"}}");
        save(3, "known-bad", "", "auto-replies", "", "notice-language", "", "kind.task.replies", "");
        assertThat(settings()).isEqualTo(
                "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"contexts\":{\"task\":{}},\"replies\":\"direct\"}");
    }

    @Test
    void leavesWhatComesBackAloneWhereItIsNotTakenIn() throws SQLException {
        world.put("dupont", RETURNED);
        var page = world.get(As.ADMIN, PAGE).page();
        assertThat(page)
                .doesNotContain("Reply address that clients see", "Messages that come back", "name=\"replies\"", "name=\"tell\"", "task.replies")
                .contains("it has no address for that yet", "this relay does not receive them");
        save(2, "reply", "sender");
        assertThat(settings()).isEqualTo(RETURNED.replace(",\"returns\"", ",\"reply-to\":\"sender\",\"returns\""));
        world.returns("{ domain: return.example.org }");
        assertThat(world.get(As.READER, PAGE).page())
                .contains("Messages that come back", "it has no address for that yet")
                .doesNotContain("name=\"replies\"", "this relay does not receive them");
        world.elsewhere.set(Optional.of("files"));
        assertThat(world.get(As.ADMIN, PAGE).page()).contains("<option value=\"none\" selected>No one</option>");
    }

    @Test
    void letsOneChooseWhereTwoChangedWhatComesBack() throws SQLException {
        world.returns("{ domain: return.example.org, replies: reply.example.org }");
        save("tell", "none", "kind.task.replies", "late");
        var conflict = save("tell", "company", "kind.task.replies", "direct", "known-bad", "refuse");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.page()).contains("Who is told", "Your company’s general address", "No one", "Before: as for all offices",
                "Tasks: Reply address that clients see", "name=\"known-bad\" value=\"refuse\"");
        save(2, "both", "tell:", "pick.tell:", "theirs", "tell", "company", "both", "replies:task", "pick.replies:task", "mine",
                "kind.task.replies", "direct", "known-bad", "refuse");
        assertThat(settings()).contains("\"task\":{\"replies\":\"direct\"}", "\"returns\":{\"known-bad\":\"refuse\",\"tell\":\"none\"}");
    }

    @Test
    void wantsAVersion() {
        for (var version : List.of("", "x", "-1", "9".repeat(19))) {
            assertThat(world.post(As.ADMIN, PAGE, "version", version, "reply", "sender").status()).isEqualTo(400);
        }
    }

    @Test
    void asksAboutAllOfAVersionThatIsNoLongerKept() {
        assertThat(save(999, "reply", "sender").status()).isEqualTo(409);
    }

    @Test
    void cleansNamesOfWhatCannotBeSeen() throws SQLException {
        save("company-name", "Dup\r\nBcc: evil@example.com\u202e ont", "from", "own", "from-address", "office@dupont.example", "from-name",
                "A\u202eB\r\nC");
        var stored = world.store.settings().office(DUPONT).orElseThrow().settings();
        assertThat(stored.toString()).doesNotContain("\u202e", "\\u202e", "\\r", "\\n", "evil@");
        assertThat(stored).isInstanceOfSatisfying(JsonValue.Members.class,
                members -> assertThat(members.member("company")).contains(JsonValue.of("\"Dup Bcc: ont\" <office@dupont.example>")));
    }

    @Test
    void refusesAnAddressThatHidesAnother() throws SQLException {
        for (var address : List.of("a@dupont.example\r\nBcc: b@x.example", "a@dupont.example, b@x.example", "a@dup\u202eont.example",
                "<a@x>, <b@x>")) {
            assertThat(save("company-address", address).status()).as(address).isEqualTo(422);
            assertThat(save("kind.task.reply", "other_address", "kind.task.address", address).status()).as(address).isEqualTo(422);
            assertThat(save("from", "own", "from-address", address).status()).as(address).isEqualTo(422);
        }
        assertThat(settings()).isEqualTo(ConsoleWorld.DUPONT);
    }

    @Test
    void showsWhatWasTypedAsText() {
        var evil = "\"><img src=x onerror=alert(1)><script>alert(1)</script>";
        var reply = save(
                "company-name", evil, "company-address", evil, "from", "own", "from-address", evil, "from-name", evil, "reply", evil, "kind", evil,
                "note", evil, "client", evil, "writer", evil, "kind-add", "");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.page()).doesNotContain("<img", "<script>").contains("&lt;script&gt;");
        assertThat(world.get(As.ADMIN, PAGE + "?client=%3Cscript%3E&writer=%3Cscript%3E").page()).doesNotContain("<script>");
    }

    @Test
    void tellsOfSettingsThatCannotBeUsed() throws SQLException {
        world.database.inTransaction(statements -> statements.update(
                "update office set settings = ? where id = ?",
                "{\"company\":\"Dupont <office@dupont.example>\",\"reply-to\":\"boss\"}",
                "dupont"));
        assertThat(world.get(As.ADMIN, PAGE).page()).contains("can’t be used as they are", "“boss”, which is no longer one of the roles");
        assertThat(save("reply", "boss").page()).contains("There is a problem", "“boss”");
        assertThat(save("reply", "sender").status()).isEqualTo(303);
    }
}
