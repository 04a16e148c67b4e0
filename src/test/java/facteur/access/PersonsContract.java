package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Persons, their passwords, and how often one may guess.
abstract class PersonsContract extends TwoNodes {
    private SignInResult signIn(String login, String password, int peer) throws SQLException {
        return persons.signIn(login, password, peer(peer));
    }

    private static SignInResult.Wrong wrong(String login, long seconds) {
        return new SignInResult.Wrong(Duration.ofSeconds(seconds), Optional.of(login).filter(known -> !known.equals("nobody")));
    }

    @Test
    void aPersonBeginsWithALinkForAPassword() throws SQLException {
        var made = add("Jan.Janssens@dupont.example", Grant.admin(DUPONT), Grant.reader(DURAND));
        var person = made.person();
        assertThat(person.login()).isEqualTo("jan.janssens@dupont.example");
        assertThat(person.rights().writes(DUPONT)).isTrue();
        assertThat(person.hasPassword()).isFalse();
        assertThat(person.madeBy()).isEqualTo(BY);
        assertThat(made.link().ticket().until()).isEqualTo(time.instant().plus(Duration.ofHours(1)));
        assertThat(made.toString()).doesNotContain(made.link().text());
        assertThat(otherPersons.setPassword(made.link().text(), PASSWORD)).isEqualTo(new PasswordResult.Set(person.login()));
        assertThat(persons.setPassword(made.link().text(), PASSWORD)).isEqualTo(new PasswordResult.NoTicket());
        var now = persons.find("JAN.Janssens@dupont.example").orElseThrow();
        assertThat(now.hasPassword()).isTrue();
        assertThat(persons.signIn(" Jan.janssens@dupont.example ", PASSWORD, PEER)).isEqualTo(new SignInResult.Good(now, Duration.ZERO));
    }

    @Test
    void aLoginIsTakenForGood() throws SQLException {
        var first = add("jan", Grant.operator());
        assertThat(persons.disable("jan", BY)).isPresent();
        var again = otherPersons.add(new NewPerson("JAN", "Other", Optional.empty(), List.of(Grant.viewer())), BY);
        assertThat(again).isEqualTo(new Persons.Addition.LoginTaken(persons.find("jan").orElseThrow()));
        assertThat(persons.setPassword(first.link().text(), PASSWORD)).isEqualTo(new PasswordResult.NoTicket());
        assertThat(persons.list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-jan", "jan janssens", "jan\n", "jàn", "' or 1=1 --",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm"})
    void aLoginHasAForm(String login) {
        var grants = List.of(Grant.operator());
        assertThatThrownBy(() -> new NewPerson(login.equals("jan\n") ? "j\nan" : login, "", Optional.empty(), grants))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a login is made of");
    }

    /// Each costs a derivation of as many rounds, and says the same.
    @Test
    void whateverIsWrongSaysTheSameInTheSameTime() throws SQLException {
        var _ = ready("jan", Grant.operator());
        var _ = ready("disabled", Grant.operator());
        var _ = persons.disable("disabled", BY);
        var _ = add("new", Grant.operator());
        var _ = derivation.takeRuns();
        assertThat(signIn("jan", "wrong", 1)).isEqualTo(wrong("jan", 1));
        assertThat(signIn("disabled", PASSWORD, 2)).isEqualTo(wrong("disabled", 1));
        assertThat(signIn("new", "", 3)).isEqualTo(wrong("new", 1));
        assertThat(signIn("nobody", PASSWORD, 4)).isEqualTo(wrong("nobody", 1));
        assertThat(signIn("jan", PASSWORD + "\0", 5)).isEqualTo(wrong("jan", 1));
        assertThat(signIn("\0", "\ud800", 6)).isEqualTo(wrong("nobody", 1));
        assertThat(derivation.takeRuns()).hasSize(6).containsOnly(210_000);
    }

    @Test
    void anAddressIsTurnedAwayAfterTenFailures() throws SQLException {
        var _ = ready("jan", Grant.operator());
        for (var i = 0; i < 10; i++) {
            assertThat(signIn("nobody" + i, PASSWORD, 1)).isEqualTo(wrong("nobody", Math.min(8, 1L << i)));
        }
        var _ = derivation.takeRuns();
        var until = time.instant().plus(Duration.ofMinutes(10));
        assertThat(signIn("jan", PASSWORD, 1)).isEqualTo(new SignInResult.TooMany(until));
        assertThat(derivation.takeRuns()).isEmpty();
        assertThat(signIn("jan", PASSWORD, 2)).isInstanceOf(SignInResult.Good.class);
        pass(Duration.between(time.instant(), until));
        assertThat(signIn("jan", PASSWORD, 1)).isInstanceOf(SignInResult.Good.class);
    }

    /// Else who has an account could guess at another's for ever.
    @Test
    void aGoodSignInForgivesNoFailure() throws SQLException {
        var _ = ready("jan", Grant.operator());
        for (var i = 0; i < 9; i++) {
            var _ = signIn("piet", PASSWORD, 1);
        }
        assertThat(signIn("jan", PASSWORD, 1)).isInstanceOf(SignInResult.Good.class);
        var _ = signIn("piet", PASSWORD, 1);
        assertThat(signIn("jan", PASSWORD, 1)).isInstanceOf(SignInResult.TooMany.class);
    }

    /// From anywhere, right or wrong, there or not: and nobody is locked out.
    @ParameterizedTest
    @CsvSource({"jan", "nobody"})
    void everyTryOfALoginIsSlowAfterTenFailures(String login) throws SQLException {
        var jan = ready("jan", Grant.operator());
        for (var i = 0; i < 10; i++) {
            assertThat(signIn(login.toUpperCase(Locale.ROOT), "wrong", i)).isEqualTo(wrong(login, 1));
        }
        assertThat(signIn(login, "wrong", 11)).isEqualTo(wrong(login, 8));
        assertThat(signIn("jan", PASSWORD, 12))
                .isEqualTo(new SignInResult.Good(jan, login.equals("jan") ? Duration.ofSeconds(8) : Duration.ZERO));
        pass(Duration.ofMinutes(10));
        assertThat(signIn("jan", PASSWORD, 13)).isEqualTo(new SignInResult.Good(jan, Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            "short pass1", TOO_SHORT
            "éééééééééé1", TOO_SHORT
            "jan.janssens@dupont.example", THE_LOGIN
            "JAN.Janssens@dupont.example", THE_LOGIN
            "123QWEasdzxc", COMMON
            "qwertyqwerty", COMMON
            "leavemealone", COMMON
            """)
    void aPasswordMustBeGoodEnough(String password, PasswordFlaw flaw) throws SQLException {
        var link = add("jan.janssens@dupont.example", Grant.operator()).link().text();
        assertThat(persons.setPassword(link, password)).isEqualTo(new PasswordResult.Unfit(flaw));
        assertThat(persons.setPassword(link, "x".repeat(257))).isEqualTo(new PasswordResult.Unfit(PasswordFlaw.TOO_LONG));
        assertThat(persons.setPassword(link, "a password\0 with a NUL")).isEqualTo(new PasswordResult.Unfit(PasswordFlaw.UNREADABLE));
        // The link is still good.
        assertThat(persons.setPassword(link, "é\uD83D\uDE00".repeat(128))).isInstanceOf(PasswordResult.Set.class);
    }

    @Test
    void ofAllWhoFollowALinkAtOnceOneSetsThePassword() throws Exception {
        var link = add("jan", Grant.operator()).link().text();
        assertThat(atOnce(() -> persons.setPassword(link, PASSWORD), () -> otherPersons.setPassword(link, PASSWORD)))
                .filteredOn(PasswordResult.Set.class::isInstance)
                .hasSize(1);
    }

    @Test
    void theFirstPersonIsMadeByTheLinkOnceAndOnlyAsTheFirst() throws Exception {
        var op = new NewPerson("op", "", Optional.empty(), List.of(Grant.operator()));
        var link = tickets.make(TicketKind.FIRST, "", "").text();
        assertThat(persons.addFirst(link, op, "op", BY)).isEqualTo(new PasswordResult.Unfit(PasswordFlaw.TOO_SHORT));
        assertThat(persons.list()).isEmpty();
        var other = new NewPerson("other", "", Optional.empty(), List.of(Grant.operator()));
        assertThat(atOnce(() -> persons.addFirst(link, op, PASSWORD, BY), () -> otherPersons.addFirst(link, other, PASSWORD, BY)))
                .filteredOn(PasswordResult.Set.class::isInstance)
                .hasSize(1);
        assertThat(persons.list()).singleElement().satisfies(person -> assertThat(person.rights().operates()).isTrue());
        assertThat(persons.signIn(persons.list().getFirst().login(), PASSWORD, PEER)).isInstanceOf(SignInResult.Good.class);
        var late = tickets.make(TicketKind.FIRST, "", "").text();
        var third = new NewPerson("third", "", Optional.empty(), List.of(Grant.operator()));
        assertThat(persons.addFirst(late, third, PASSWORD, BY)).isEqualTo(new PasswordResult.NoTicket());
        assertThat(persons.list()).hasSize(1);
    }

    @Test
    void aResetVoidsEarlierLinksAndLeavesThePasswordUntilThen() throws SQLException {
        var _ = ready("jan", Grant.operator());
        var first = persons.reset("Jan").orElseThrow();
        var second = persons.reset("jan").orElseThrow();
        assertThat(signIn("jan", PASSWORD, 1)).isInstanceOf(SignInResult.Good.class);
        assertThat(persons.setPassword(first.text(), "another pass phrase")).isEqualTo(new PasswordResult.NoTicket());
        assertThat(persons.setPassword(second.text(), "another pass phrase")).isEqualTo(new PasswordResult.Set("jan"));
        assertThat(signIn("jan", PASSWORD, 1)).isInstanceOf(SignInResult.Wrong.class);
        assertThat(signIn("jan", "another pass phrase", 1)).isInstanceOf(SignInResult.Good.class);
        assertThat(persons.reset("nobody")).isEmpty();
        var late = persons.reset("jan").orElseThrow();
        pass(Duration.ofHours(1));
        assertThat(persons.setPassword(late.text(), PASSWORD)).isEqualTo(new PasswordResult.NoTicket());
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() throws SQLException {
        var jan = ready("jan", Grant.operator());
        var piet = begin(ready("piet", Grant.operator()));
        var here = begin(jan);
        var there = begin(jan);
        assertThat(persons.changePassword("jan", "another pass phrase", here.session().id())).isEqualTo(new PasswordResult.Set("jan"));
        assertThat(otherSessions.find(here.cookie())).isPresent();
        assertThat(otherSessions.find(there.cookie())).isEmpty();
        assertThat(persons.setPassword(persons.reset("jan").orElseThrow().text(), PASSWORD)).isEqualTo(new PasswordResult.Set("jan"));
        assertThat(otherSessions.find(here.cookie())).isEmpty();
        assertThat(otherSessions.find(piet.cookie())).isPresent();
    }

    @Test
    void aDisabledPersonIsOutFromTheNextRequestOn() throws SQLException {
        var begun = begin(ready("jan", Grant.operator()));
        var link = persons.reset("jan").orElseThrow();
        pass(Duration.ofSeconds(5));
        assertThat(persons.disable("JAN", "an")).map(Person::disabling).contains(Optional.of(new Person.Disabling(time.instant(), "an")));
        assertThat(persons.disable("jan", "an")).isEmpty();
        assertThat(otherSessions.find(begun.cookie())).isEmpty();
        assertThat(persons.setPassword(link.text(), "another pass phrase")).isEqualTo(new PasswordResult.NoTicket());
        assertThat(persons.reset("jan")).isEmpty();
        assertThat(persons.changePassword("jan", "another pass phrase", begun.session().id())).isEqualTo(new PasswordResult.NoTicket());
        assertThat(persons.enable("jan")).isPresent();
        assertThat(persons.enable("jan")).isEmpty();
        assertThat(otherSessions.find(begun.cookie())).isEmpty();
        assertThat(otherPersons.signIn("jan", PASSWORD, PEER)).isInstanceOf(SignInResult.Good.class);
    }

    @Test
    void onlyADisabledPersonIsRemovedAndTheLoginIsFreeThen() throws SQLException {
        var _ = ready("jan", Grant.operator());
        var secret = persons.secondSteps().secret("jan").orElseThrow();
        assertThat(persons.secondSteps().enrol("jan", Totp.code(secret, time.instant()))).isPresent();
        assertThat(persons.remove("jan")).isFalse();
        assertThat(persons.disable("jan", BY)).isPresent();
        assertThat(otherPersons.remove("JAN")).isTrue();
        assertThat(persons.remove("jan")).isFalse();
        assertThat(add("jan", Grant.viewer()).person().hasSecondStep()).isFalse();
        assertThat(persons.secondSteps().recoveryCodesLeft("jan")).isZero();
    }

    private List<String> forgotten(Persons node, String who) throws SQLException {
        return node.forgotten(who).stream().map(each -> each.person().login()).toList();
    }

    private void reachable(String login, String address) throws SQLException {
        var _ = persons.add(new NewPerson(login, "", Optional.of(address), List.of(Grant.viewer())), BY);
    }

    @Test
    void whoHasForgottenAPasswordMayHaveALinkInTenMinutes() throws SQLException {
        reachable("jan", "Jan@dupont.example");
        assertThat(forgotten(persons, " JAN ")).containsExactly("jan");
        assertThat(forgotten(otherPersons, "jan")).isEmpty();
        assertThat(forgotten(otherPersons, "jan@dupont.example")).isEmpty();
        pass(Duration.ofMinutes(10));
        assertThat(forgotten(otherPersons, "jan@DUPONT.example")).containsExactly("jan");
    }

    @Test
    void severalPersonsMayHaveOneMailAddress() throws SQLException {
        reachable("jan", "office@dupont.example");
        reachable("an", "office@dupont.example");
        reachable("piet", "piet@dupont.example");
        assertThat(forgotten(persons, "office@dupont.example")).containsExactly("an", "jan");
    }

    /// A stranger may ask, too.
    @Test
    void aLinkByMailVoidsNoOther() throws SQLException {
        reachable("jan", "jan@dupont.example");
        var link = persons.reset("jan").orElseThrow().text();
        assertThat(forgotten(persons, "jan")).containsExactly("jan");
        assertThat(persons.setPassword(link, PASSWORD)).isInstanceOf(PasswordResult.Set.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "an", "disabled", "%", "j_n", "jan\0", "' or 1=1 --", "@dupont.example"})
    void nobodyElseGetsALink(String who) throws SQLException {
        reachable("jan", "jan@dupont.example");
        reachable("disabled", "disabled@dupont.example");
        var _ = persons.disable("disabled", BY);
        var _ = add("an", Grant.viewer());
        assertThat(forgotten(persons, who)).isEmpty();
        assertThat(forgotten(persons, "x".repeat(100_000))).isEmpty();
    }

    @Test
    void rolesAndTheLanguageChange() throws SQLException {
        var _ = ready("jan", Grant.operator());
        assertThat(persons.grant("jan", List.of(Grant.reader(DUPONT), Grant.reader(DUPONT))).orElseThrow().rights().grants())
                .containsExactly(Grant.reader(DUPONT));
        assertThat(persons.grant("nobody", List.of(Grant.viewer()))).isEmpty();
        persons.language("jan", Optional.of("nl"));
        assertThat(persons.find("jan").orElseThrow().language()).contains("nl");
        persons.language("jan", Optional.empty());
        assertThat(persons.find("jan").orElseThrow().language()).isEmpty();
    }

    /// A command's in a daemon's log, once, though two nodes look.
    @Test
    void eachChangeIsToldOnce() throws SQLException {
        var changes = new PersonChanges(database);
        var others = new PersonChanges(otherDatabase);
        var _ = add("jan", Grant.operator());
        pass(Duration.ofSeconds(1));
        var _ = add("piet", Grant.reader(DUPONT));
        assertThat(changes.tell(1)).hasOnlyElementsOfType(PersonChanges.Change.Made.class).extracting(change -> change.person().login())
                .containsExactly("jan");
        assertThat(others.tell(9)).extracting(PersonChanges.Change::person).containsExactly(persons.find("piet").orElseThrow());
        assertThat(changes.tell(9)).isEmpty();
        var _ = persons.disable("jan", BY);
        assertThat(others.tell(9)).hasOnlyElementsOfType(PersonChanges.Change.Disabled.class).hasSize(1);
        assertThat(changes.tell(9)).isEmpty();
        var _ = persons.enable("jan");
        assertThat(changes.tell(9)).hasOnlyElementsOfType(PersonChanges.Change.Enabled.class).hasSize(1);
        assertThat(changes.tell(9)).isEmpty();
    }

    @Test
    void theListIsByLogin() throws SQLException {
        var _ = add("piet", Grant.viewer());
        var _ = add("jan", Grant.reader(DURAND), Grant.admin(DUPONT));
        assertThat(persons.list()).extracting(Person::login).containsExactly("jan", "piet");
        assertThat(persons.list().getFirst().rights().offices()).containsExactly(DUPONT, DURAND);
        assertThat(persons.list().getFirst().signedInAt()).isEmpty();
        var _ = begin(persons.list().getFirst());
        assertThat(persons.list().getFirst().signedInAt()).contains(Instant.parse("2026-11-23T08:00:00Z"));
    }
}
