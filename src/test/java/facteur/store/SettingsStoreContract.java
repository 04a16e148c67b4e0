package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.config.ProblemCode;
import facteur.platform.json.JsonValue;
import facteur.settings.OfficeReader;
import facteur.settings.SettingsCode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one office's settings are saved as, refused for, and read back as.
abstract class SettingsStoreContract extends StoreRig {
    @Test
    void aFirstSaveIsVersionOne() throws SQLException {
        assertThat(settings.office(DUPONT)).isEmpty();
        assertThat(settings.put(DUPONT, B, ABSENT, JAN)).isEqualTo(new ChangeResult.Changed(1, List.of()));
        assertThat(settings.office(DUPONT)).hasValue(new StoredOffice(DUPONT, 1, 1, B, "", now()));
        assertThat(changes).containsExactly(StoreChange.ofSettings(DUPONT));
        assertThat(saved).containsExactly(new Saved(DUPONT, new Version(1, now(), ChangeKind.SETTINGS, JAN, 0, 0)));
        assertThat(source().office(DUPONT)).isInstanceOfSatisfying(
                Lookup.Found.class, found -> assertThat(((OfficeSettings) found.value()).version()).isEqualTo("v1"));
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.instant().toEpochMilli());
    }

    @Test
    void whatSaysTheSameIsNoVersion() throws SQLException {
        put(json("{'company': 'Dupont <office@dupont.example>', 'from': {'address': 'a@dupont.example', 'name': 'D'}}"));
        changes.clear();
        var same = json("{'from': {'name': 'D', 'address': 'a@dupont.example'}, 'sandbox': null, 'company': 'Dupont <office@dupont.example>'}");
        assertThat(settings.put(DUPONT, same, new Precondition.AtVersion(1), ROOT)).isEqualTo(new ChangeResult.Unchanged(1, List.of()));
        assertThat(settings.patch(DUPONT, json("{'from': {'name': 'D'}}"), ANY, ROOT)).isInstanceOf(ChangeResult.Unchanged.class);
        assertThat(changes).isEmpty();
        assertThat(saved).hasSize(1);
        assertThat(settings.office(DUPONT).orElseThrow().settings().toString())
                .isEqualTo("{\"company\":\"Dupont <office@dupont.example>\",\"from\":{\"address\":\"a@dupont.example\",\"name\":\"D\"}}");
    }

    @Test
    void nothingIsOverwrittenThatItsAuthorHasNotSeen() throws SQLException {
        put(A);
        time.advance(Duration.ofMinutes(1));
        var second = now();
        put(B);
        var stale = new ChangeResult.Stale(2, "Jan Janssens (suite)", second);
        time.advance(Duration.ofMinutes(1));
        for (var precondition : List.of(ABSENT, new Precondition.AtVersion(1), new Precondition.AtVersion(3), new Precondition.AtVersion(0))) {
            assertThat(settings.put(DUPONT, A, precondition, ROOT)).isEqualTo(stale);
            assertThat(settings.put(DUPONT, WRONG, precondition, ROOT)).isEqualTo(stale);
            assertThat(settings.patch(DUPONT, A, precondition, ROOT)).isEqualTo(stale);
            assertThat(settings.remove(DUPONT, precondition, ROOT)).isEqualTo(stale);
        }
        assertThat(settings.put(DURAND, A, new Precondition.AtVersion(1), ROOT)).isInstanceOf(ChangeResult.Missing.class);
        assertThat(settings.put(DUPONT, A, new Precondition.AtVersion(2), ROOT)).isInstanceOf(ChangeResult.Changed.class);
    }

    /// A store whose every look at the rules comes just before others save, as often as there is something for them to save.
    private SettingsStore outrun(JsonValue... byOthers) {
        var others = new ArrayDeque<>(List.of(byOthers));
        return new Store(database, () -> {
            try {
                if (!others.isEmpty()) {
                    number(settings.patch(DUPONT, others.poll(), ANY, ROOT));
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            return new OfficeReader(SHARED, Roles.DEFAULT);
        }, () -> Roles.DEFAULT, time).settings();
    }

    @Test
    void noChangeIsLostThatCameMeanwhile() throws SQLException {
        put(A);
        assertThat(outrun(json("{'sandbox': true}")).put(DUPONT, B, new Precondition.AtVersion(1), JAN))
                .isEqualTo(new ChangeResult.Stale(2, "uid=0(root)", now()));
        var patched =
                outrun(json("{'sandbox': false}"), json("{'users': ['jan@dupont.example']}")).patch(DUPONT, json("{'reply-to': 'sender'}"), ANY, JAN);
        assertThat(patched).isEqualTo(new ChangeResult.Changed(5, List.of()));
        assertSettings("{'company': 'Dupont <office@dupont.example>', 'sandbox': false, 'users': ['jan@dupont.example'], 'reply-to': 'sender'}");
        assertThat(history.version(DUPONT, 5).orElseThrow().before()).hasValue(
                json("{'company': 'Dupont <office@dupont.example>', 'sandbox': false, 'users': ['jan@dupont.example']}"));
    }

    @Test
    void whatHasAProblemIsNotSaved() throws SQLException {
        assertThat(settings.put(DUPONT, WRONG, ANY, JAN)).isInstanceOfSatisfying(
                ChangeResult.Invalid.class, invalid -> assertThat(invalid.problems()).extracting(Problem::toString).hasSize(2)
                        .anyMatch(text -> text.startsWith("office dupont: company: not a mailbox: nobody"))
                        .anyMatch(text -> text.startsWith("office dupont: colour: unknown key")));
        assertThat(settings.offices(Optional.empty(), 10)).isEmpty();
        put(A);
        for (var patch : List.of("{'company': null}", "{'relations': {'R-1': {}}}", "[]", "null", "{'from': {'address': 'office@gmail.com'}}")) {
            assertThat(settings.patch(DUPONT, json(patch), ANY, JAN)).as(patch).isInstanceOf(ChangeResult.Invalid.class);
        }
        assertThat(settings.office(DUPONT).orElseThrow().version()).isOne();
        assertThat(settings.check(DUPONT, WRONG).problems()).hasSize(2);
    }

    @Test
    void whatIsTooLargeForAnAnswerIsNotSaved() throws SQLException {
        var users = JsonValue.ofTexts(Collections.nCopies(5_000, "Jan " + "Janssens".repeat(30) + " <jan@dupont.example>"));
        var large = ((JsonValue.Members) A).with("users", users);
        assertThat(settings.put(DUPONT, large, ANY, JAN)).isInstanceOfSatisfying(
                ChangeResult.Invalid.class,
                invalid -> assertThat(invalid.problems()).extracting(Problem::code).containsExactly(ProblemCode.TEXT_UNREADABLE));
    }

    @Test
    void aPatchChangesWhatItNames() throws SQLException {
        put(json("{'company': 'D <office@dupont.example>', 'contexts': {'task': {'reply-to': 'sender'}, 'invoice': {'reply-to': 'partner'}}}"));
        var patch = json("{'contexts': {'task': null, 'note': {'reply-to': 'general'}}, 'sandbox': true}");
        assertThat(settings.patch(DUPONT, patch, new Precondition.AtVersion(1), JAN)).isEqualTo(new ChangeResult.Changed(2, List.of()));
        assertSettings("{'company': 'D <office@dupont.example>', 'sandbox': true, "
                + "'contexts': {'invoice': {'reply-to': 'partner'}, 'note': {'reply-to': 'general'}}}");
        assertThat(settings.patch(DURAND, patch, ANY, JAN)).isInstanceOf(ChangeResult.Missing.class);
    }

    @Test
    void whatWasRemovedIsGoneUntilItIsPutBack() throws SQLException {
        put(A);
        assertThat(settings.remove(DUPONT, new Precondition.AtVersion(1), ROOT)).isEqualTo(new ChangeResult.Changed(2, List.of()));
        assertThat(settings.remove(DUPONT, ANY, ROOT)).isInstanceOf(ChangeResult.Missing.class);
        assertThat(settings.patch(DUPONT, B, ANY, ROOT)).isInstanceOf(ChangeResult.Missing.class);
        assertThat(settings.office(DUPONT)).isEmpty();
        assertThat(source().office(DUPONT)).isEqualTo(new Lookup.Missing<>());
        assertThat(settings.offices(Optional.empty(), 10)).extracting(OfficeSummary::isRemoved).containsExactly(true);
        assertThat(settings.put(DUPONT, B, new Precondition.AtVersion(1), JAN)).isEqualTo(new ChangeResult.Stale(2, "uid=0(root)", now()));
        assertThat(settings.put(DUPONT, B, ABSENT, JAN)).isEqualTo(new ChangeResult.Changed(3, List.of()));
        settings.remove(DUPONT, ANY, ROOT);
        assertThat(settings.put(DUPONT, B, new Precondition.AtVersion(4), JAN)).isEqualTo(new ChangeResult.Changed(5, List.of()));
        assertSettings(B.toString());
    }

    @Test
    void listsOfficesPageByPage() throws SQLException {
        for (var i = 1; i <= 5; i++) {
            settings.put(new OfficeId("o" + i), A, ANY, JAN);
        }
        var first = settings.offices(Optional.empty(), 3);
        assertThat(first).extracting(office -> office.id().text()).containsExactly("o1", "o2", "o3");
        assertThat(first).extracting(OfficeSummary::settingsAt).containsOnly(1L);
        assertThat(settings.offices(Optional.of(first.getLast().id()), 3)).extracting(office -> office.id().text()).containsExactly("o4", "o5");
    }

    @Test
    void findsOfficesByIdAndByWhatTheySay() throws SQLException {
        settings.put(new OfficeId("o_1"), json("{'company': 'Étude 100% <one@one.example>'}"), ANY, JAN);
        settings.put(new OfficeId("ox1"), json("{'company': 'Other <two@one.example>'}"), ANY, JAN);
        assertThat(ids("O_1")).containsExactly("o_1");
        assertThat(ids("100%")).containsExactly("o_1");
        assertThat(ids("étude")).containsExactly("o_1");
        assertThat(ids("")).hasSize(2);
        assertThat(ids("TWO@one")).containsExactly("ox1");
        assertThat(ids("one.example")).containsExactly("o_1", "ox1");
        assertThat(ids("\\")).isEmpty();
        assertThat(settings.offices("one", Optional.of(new OfficeId("o_1")), 9)).hasSize(1);
    }

    private List<String> ids(String text) throws SQLException {
        return settings.offices(text, Optional.empty(), 9).stream().map(office -> office.id().text()).toList();
    }

    @Test
    void anOfficeIsToldOfAnAddressButNotWhoseItIs() throws SQLException {
        put(A);
        var warned = settings.put(DURAND, json("{'company': 'Durand <OFFICE@Dupont.example>'}"), ANY, JAN);
        assertThat(warned).isInstanceOfSatisfying(ChangeResult.Changed.class, changed -> assertThat(changed.warnings())
                .extracting(Problem::code, Problem::message)
                .containsExactly(tuple(
                        SettingsCode.ADDRESS_OTHER_OFFICE, "office@dupont.example is also another office's")));
        assertThat(settings.check(DUPONT, B).warnings()).extracting(Problem::code).containsExactly(SettingsCode.ADDRESS_OTHER_OFFICE);
        settings.remove(DURAND, ANY, ROOT);
        assertThat(settings.check(DUPONT, B).warnings()).isEmpty();
    }

    @Test
    void warnsOfRepliesToStrangersAndOfNamesInTwoScripts() throws SQLException {
        var odd = json(
                "{'company': 'D\u0443pont <office@dupont.example>', 'contexts': {'task': {'reply-to': 'general', 'address': 'x@dupond.example'}}}");
        assertThat(settings.check(DUPONT, odd).warnings()).extracting(Problem::code)
                .containsExactlyInAnyOrder(SettingsCode.NAME_STRANGE, SettingsCode.ADDRESS_STRANGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table office; --", "%", "_", "\u0000", "\\", "\ud83d\ude00", "${jndi:ldap://x}", "' or ''='"})
    void foreignTextStaysText(String text) throws SQLException {
        var author = new Author(Via.CONSOLE, text, text, text, text + "\r\nx".repeat(400));
        var office = ((JsonValue.Members) A).with("from", new JsonValue.Members(new LinkedHashMap<>(Map.of(
                "address", JsonValue.of("a@dupont.example"), "name", JsonValue.of("D " + text)))));
        put(A);
        number(settings.put(DUPONT, office, ANY, author));
        assertThat(settings.office(DUPONT).orElseThrow().settings()).isEqualTo(office);
        var version = history.versions(DUPONT, OptionalLong.empty(), 1).getFirst();
        assertThat(version.author()).isEqualTo(author);
        assertThat(author.note().codePointCount(0, author.note().length())).isBetween(400, 500);
        assertThat(author.note()).doesNotContain("\r", "\n", "\u0000");
        assertThat(settings.offices(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void whatARuleNoLongerTakesIsUnusableForThatOfficeAlone() throws SQLException {
        put(A);
        settings.put(DURAND, A, ANY, JAN);
        database.inTransaction(statements -> statements.update(
                "update office set settings = '{\"company\":\"D <d@d.example>\",\"reply-to\":\"somebody\"}' where id = 'dupont'"));
        assertThat(source().office(DUPONT)).isInstanceOfSatisfying(
                Lookup.Unusable.class, unusable -> assertThat(unusable.why()).startsWith("office dupont v1: reply-to: "));
        database.inTransaction(statements -> statements.update("update office set settings = '{' where id = 'dupont'"));
        assertThat(source().office(DUPONT)).isInstanceOfSatisfying(
                Lookup.Unusable.class, unusable -> assertThat(unusable.why()).startsWith("office dupont v1: "));
        assertThat(source().office(DURAND)).isInstanceOf(Lookup.Found.class);
    }
}
