package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.TestTime;
import facteur.office.OfficeId;
import facteur.platform.database.Database;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens in a database; two nodes share it.
abstract class TokensContract {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final String JAN = "uid=0(root) sudo=jan";

    final TestTime time = new TestTime();
    private Database database;
    private Database otherDatabase;
    private Tokens tokens;

    /// Of another process, on the same tables.
    private Tokens others;

    abstract Database openDatabase() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = openDatabase();
        otherDatabase = openDatabase();
        tokens = new Tokens(database, time, new SecureRandom());
        others = new Tokens(otherDatabase, time, new SecureRandom());
    }

    @AfterEach
    void close() {
        otherDatabase.close();
        database.close();
    }

    private Tokens.Addition.Made add(String name) throws SQLException {
        var wanted = new NewToken(name, Optional.of(DUPONT), Set.of(Scope.CARDS_WRITE, Scope.SETTINGS_READ), Optional.empty());
        return (Tokens.Addition.Made) tokens.add(wanted, JAN);
    }

    @Test
    void aTokenLetsItsHolderIn() throws SQLException {
        var made = add("suite");
        assertThat(made.text().reveal()).startsWith("fct_" + made.token().id() + "_");
        var token = others.authenticate(made.text().reveal()).orElseThrow();
        assertThat(token).isEqualTo(made.token());
        assertThat(token.name()).isEqualTo("suite");
        assertThat(token.madeBy()).isEqualTo(JAN);
        assertThat(token.until()).isEqualTo(Instant.parse("2027-11-23T08:00:00Z"));
        assertThat(token.scopes()).containsExactly(Scope.SETTINGS_READ, Scope.CARDS_WRITE);
        assertThat(token.allows(Scope.SETTINGS_WRITE)).isFalse();
        assertThat(token.isFor(DUPONT)).isTrue();
        assertThat(token.isFor(new OfficeId("durand"))).isFalse();
        assertThat(token.isForAll()).isFalse();
    }

    @Test
    void aTokenMayBeForAllOffices() throws SQLException {
        var made = (Tokens.Addition.Made) tokens.add(
                new NewToken("suite", Optional.empty(), Set.of(Scope.LOG_READ), Optional.of(time.instant().plusSeconds(60))), JAN);
        var token = tokens.authenticate(made.text().reveal()).orElseThrow();
        assertThat(token.isForAll()).isTrue();
        assertThat(token.isFor(DUPONT)).isTrue();
        assertThat(token.officeText()).isEqualTo("*");
    }

    @Test
    void aTokenMayLaunchPeopleForASuite() throws SQLException {
        var launches = Set.of(Scope.SESSIONS_CREATE, Scope.LOG_READ);
        var made = (Tokens.Addition.Made) tokens.add(new NewToken("app", Optional.empty(), launches, Optional.of("suite"), Optional.empty()), JAN);
        assertThat(tokens.authenticate(made.text().reveal()).flatMap(Token::suite)).contains("suite");
        assertThat(tokens.authenticate(add("other").text().reveal()).flatMap(Token::suite)).isEmpty();
    }

    /// Wherever the first difference is.
    @Test
    void aTokenWithOneOtherCharacterLetsNobodyIn() throws SQLException {
        var text = add("suite").text().reveal();
        for (var at = 0; at < text.length(); at++) {
            var wrong = text.substring(0, at) + (text.charAt(at) == 'x' ? 'y' : 'x') + text.substring(at + 1);
            assertThat(tokens.authenticate(wrong)).as(wrong).isEmpty();
            assertThat(tokens.endOf(wrong)).isEmpty();
        }
        assertThat(tokens.list()).allSatisfy(token -> assertThat(token.usedAt()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fct_", "fct__", "' or 1=1 --", "fct_0123456789_", "fct_%_____________________________________________", "\0"})
    void whatIsNoTokenLetsNobodyIn(String bearer) throws SQLException {
        var _ = add("suite");
        assertThat(tokens.authenticate(bearer)).isEmpty();
    }

    @Test
    void aTokenEnds() throws SQLException {
        var made = add("suite");
        time.advance(Duration.between(time.instant(), made.token().until()).minusMillis(1));
        assertThat(tokens.authenticate(made.text().reveal())).isPresent();
        assertThat(tokens.endOf(made.text().reveal())).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(tokens.authenticate(made.text().reveal())).isEmpty();
        assertThat(tokens.endOf(made.text().reveal())).contains(made.token().until());
    }

    @Test
    void aRevokedTokenIsRefusedByEveryNodeFromItsNextRequestOn() throws SQLException {
        var made = add("suite");
        assertThat(others.authenticate(made.text().reveal())).isPresent();
        time.advance(Duration.ofSeconds(5));
        assertThat(tokens.revoke("suite", "an")).map(Token::revocation).contains(Optional.of(new Token.Revocation(time.instant(), "an")));
        assertThat(others.authenticate(made.text().reveal())).isEmpty();
        assertThat(others.endOf(made.text().reveal())).contains(time.instant());
        assertThat(others.revoke("suite", JAN)).isEmpty();
        assertThat(others.token(made.token().id())).map(Token::name).contains("suite");
    }

    @Test
    void isRevokedByIdByNameOrByItself() throws SQLException {
        var first = add("first");
        var second = add("second");
        assertThat(tokens.revoke("third", JAN)).isEmpty();
        assertThat(tokens.revoke(first.token().id().text(), JAN)).map(Token::name).contains("first");
        assertThat(tokens.revoke(second.text().reveal(), JAN)).map(Token::name).contains("second");
    }

    @Test
    void aNameIsFreeAgainOnceItsTokenIsRevoked() throws SQLException {
        var first = add("suite");
        var wanted = new NewToken("suite", Optional.empty(), Set.of(Scope.LOG_READ), Optional.empty());
        assertThat(others.add(wanted, JAN)).isEqualTo(new Tokens.Addition.NameTaken(first.token()));
        var _ = tokens.revoke("suite", JAN);
        assertThat(others.add(wanted, JAN)).isInstanceOf(Tokens.Addition.Made.class);
        assertThat(tokens.list()).extracting(Token::name).containsExactly("suite", "suite");
        assertThat(tokens.authenticate(first.text().reveal())).isEmpty();
    }

    @Test
    void ofTwoWhoWantANameAtOnceOneGetsIt() throws Exception {
        var wanted = new NewToken("suite", Optional.empty(), Set.of(Scope.LOG_READ), Optional.empty());
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            var additions = both
                    .invokeAll(IntStream.range(0, 8).<Callable<Tokens.Addition>>mapToObj(i -> () -> (i % 2 == 0 ? tokens : others).add(wanted, JAN))
                            .toList());
            assertThat(additions).extracting(Future::get).filteredOn(Tokens.Addition.Made.class::isInstance).hasSize(1);
        }
        assertThat(tokens.list()).hasSize(1);
    }

    @Test
    void aUseIsWrittenLaterAndNeverBack() throws SQLException {
        var made = add("suite");
        var start = time.instant();
        var _ = others.authenticate(made.text().reveal());
        assertThat(tokens.list().getFirst().usedAt()).isEmpty();
        time.advance(Duration.ofMinutes(1));
        var _ = tokens.authenticate(made.text().reveal());
        tokens.writeUses();
        others.writeUses();
        assertThat(tokens.list().getFirst().usedAt()).contains(start.plus(Duration.ofMinutes(1)));
        tokens.writeUses();
    }

    /// Two databases, of two places: each request of the other would stand in line with letters.
    @Test
    void aRequestWritesNothing() throws SQLException {
        var made = add("suite");
        var _ = database.inTransaction(statements -> {
            assertThat(others.authenticate(made.text().reveal())).isPresent();
            return true;
        });
    }

    @Test
    void eachChangeIsToldOnce() throws SQLException {
        var first = add("first");
        assertThat(others.tell(10)).containsExactly(new Tokens.Change.Made(first.token()));
        assertThat(tokens.tell(10)).isEmpty();
        time.advance(Duration.ofSeconds(1));
        var second = add("second");
        var revoked = tokens.revoke("second", JAN).orElseThrow();
        assertThat(tokens.tell(10)).containsExactly(new Tokens.Change.Made(revoked));
        assertThat(others.tell(10)).containsExactly(new Tokens.Change.Revoked(revoked));
        assertThat(others.tell(10)).isEmpty();
        assertThat(second.token().id()).isEqualTo(revoked.id());
    }

    @Test
    void isNotCalledAsThoseWhoKeepCardsOtherwise() {
        assertThatThrownBy(() -> new NewToken("people", Optional.empty(), Set.of(Scope.CARDS_WRITE), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("who keeps cards");
    }

    @Test
    void neverLivesLongerThanThreeYears() {
        var now = time.instant();
        for (var wrong : new Instant[] {now, now.minusSeconds(1), Instant.EPOCH, Instant.parse("2029-11-23T08:00:01Z"), Instant.MAX}) {
            var wanted = new NewToken("suite", Optional.empty(), Set.of(Scope.LOG_READ), Optional.of(wrong));
            assertThatThrownBy(() -> tokens.add(wanted, JAN)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theDatabaseHoldsNothingThatLetsAnyoneIn() throws SQLException {
        var made = add("suite");
        var secret = made.text().reveal().substring("fct_0123456789_".length());
        var row = database.reading(statements -> statements.list("select * from token", values -> {
            var text = new StringBuilder();
            for (var column = 1; column <= values.getMetaData().getColumnCount(); column++) {
                text.append(values.getString(column)).append('|');
            }
            return text.toString();
        }));
        assertThat(row).singleElement().asString().contains("suite", made.token().id().text()).doesNotContain(secret);
        assertThat(made.text().toString() + made.token() + made).doesNotContain(secret);
    }

    @Test
    void aClockOfNanosecondsMakesNoDifference() throws SQLException {
        InstantSource fine = () -> time.instant().plusNanos(123_456_789);
        var own = new Tokens(database, fine, new SecureRandom());
        var made = (Tokens.Addition.Made) own.add(new NewToken("suite", Optional.empty(), Set.of(Scope.LOG_READ), Optional.empty()), JAN);
        assertThat(own.list()).containsExactly(made.token());
    }
}
