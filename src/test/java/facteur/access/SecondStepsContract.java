package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Authenticators and recovery codes.
abstract class SecondStepsContract extends TwoNodes {
    private static final String WRONG = "not one";

    private TotpSecret secret = TotpSecret.of(new byte[20]);
    private List<String> recoveryCodes = List.of();

    private void enrol() throws SQLException {
        var _ = ready("jan", Grant.operator());
        secret = steps().secret("jan").orElseThrow();
        recoveryCodes = steps().enrol("jan", code()).orElseThrow();
        pass(Totp.STEP);
    }

    private SecondSteps steps() {
        return persons.secondSteps();
    }

    private String code() {
        return Totp.code(secret, time.instant());
    }

    private SecondStepResult judge(String code, int peer) throws SQLException {
        return steps().judge("jan", code, peer(peer));
    }

    private static SecondStepResult good() {
        return new SecondStepResult.Good(-1);
    }

    @Test
    void anAuthenticatorIsProvedFirst() throws SQLException {
        var _ = ready("jan", Grant.operator());
        var first = steps().secret("jan").orElseThrow();
        assertThat(otherPersons.secondSteps().secret("jan")).contains(first);
        assertThat(persons.find("jan").orElseThrow().hasSecondStep()).isFalse();
        assertThat(judge(Totp.code(first, time.instant()), 1)).isInstanceOf(SecondStepResult.Wrong.class);
        assertThat(steps().enrol("jan", WRONG)).isEmpty();
        var codes = steps().enrol("jan", Totp.code(first, time.instant())).orElseThrow();
        assertThat(new HashSet<>(codes)).hasSize(10).allMatch(code -> code.matches("([0-9a-z]{4}-){3}[0-9a-z]{4}"));
        assertThat(persons.find("jan").orElseThrow().hasSecondStep()).isTrue();
        assertThat(steps().secret("jan")).isEmpty();
        assertThat(steps().enrol("jan", Totp.code(first, time.instant()))).isEmpty();
        assertThat(steps().secret("nobody")).isEmpty();
    }

    @Test
    void aCodeIsGoodOnceOnEveryNode() throws SQLException {
        enrol();
        var code = code();
        assertThat(judge(code.substring(0, 3) + " " + code.substring(3), 1)).isEqualTo(good());
        assertThat(judge(code, 1)).isEqualTo(new SecondStepResult.Wrong(Duration.ofSeconds(1)));
        assertThat(otherPersons.secondSteps().judge("jan", code, PEER)).isInstanceOf(SecondStepResult.Wrong.class);
        pass(Totp.STEP);
        assertThat(judge(code, 1)).isInstanceOf(SecondStepResult.Wrong.class);
        assertThat(judge(code(), 1)).isEqualTo(good());
    }

    /// The code that proved the authenticator is a code, too.
    @Test
    void theFirstCodeIsNoSecondOne() throws SQLException {
        enrol();
        assertThat(judge(Totp.code(secret, time.instant().minus(Totp.STEP)), 1)).isInstanceOf(SecondStepResult.Wrong.class);
    }

    @Test
    void aCodeOfAStepBeforeOrAfterIsGood() throws SQLException {
        enrol();
        pass(Totp.STEP.multipliedBy(4));
        for (var steps : new int[] {-2, 2, 3}) {
            assertThat(judge(Totp.code(secret, time.instant().plus(Totp.STEP.multipliedBy(steps))), 1)).isInstanceOf(SecondStepResult.Wrong.class);
        }
        for (var steps : new int[] {-1, 1, 0}) {
            assertThat(judge(Totp.code(secret, time.instant().plus(Totp.STEP.multipliedBy(steps))), 1)).isEqualTo(good());
        }
    }

    @Test
    void ofAllWhoGiveACodeAtOnceOneIsLetIn() throws Exception {
        enrol();
        var code = code();
        var here = persons.secondSteps();
        var there = otherPersons.secondSteps();
        assertThat(atOnce(() -> here.judge("jan", code, PEER), () -> there.judge("jan", code, PEER)))
                .filteredOn(SecondStepResult.Good.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aRecoveryCodeIsGoodOnceHoweverItIsTyped() throws SQLException {
        enrol();
        var typed = recoveryCodes.getFirst().toUpperCase(Locale.ROOT).replace("-", " ").replace('0', 'O').replace('1', 'l');
        assertThat(judge(typed, 1)).isEqualTo(new SecondStepResult.Good(9));
        assertThat(judge(recoveryCodes.getFirst(), 1)).isInstanceOf(SecondStepResult.Wrong.class);
        assertThat(judge(recoveryCodes.getLast(), 1)).isEqualTo(new SecondStepResult.Good(8));
        assertThat(otherPersons.secondSteps().recoveryCodesLeft("jan")).isEqualTo(8);
    }

    @Test
    void ofAllWhoGiveARecoveryCodeAtOnceOneIsLetIn() throws Exception {
        enrol();
        var code = recoveryCodes.getFirst();
        var here = persons.secondSteps();
        var there = otherPersons.secondSteps();
        assertThat(atOnce(() -> here.judge("jan", code, PEER), () -> there.judge("jan", code, PEER)))
                .filteredOn(SecondStepResult.Good.class::isInstance)
                .hasSize(1);
    }

    @Test
    void newRecoveryCodesReplaceTheEarlier() throws SQLException {
        enrol();
        var others = steps().recoveryCodes("jan").orElseThrow();
        assertThat(judge(recoveryCodes.getFirst(), 1)).isInstanceOf(SecondStepResult.Wrong.class);
        assertThat(judge(others.getFirst(), 1)).isEqualTo(new SecondStepResult.Good(9));
        var _ = ready("piet", Grant.operator());
        assertThat(steps().recoveryCodes("piet")).isEmpty();
    }

    /// Of another person's codes none is taken, though it is the same text.
    @Test
    void codesArePersonal() throws SQLException {
        enrol();
        var _ = ready("piet", Grant.operator());
        var other = steps().secret("piet").orElseThrow();
        assertThat(steps().enrol("piet", Totp.code(other, time.instant()))).isPresent();
        assertThat(steps().judge("piet", recoveryCodes.getFirst(), PEER)).isInstanceOf(SecondStepResult.Wrong.class);
        assertThat(judge(recoveryCodes.getFirst(), 1)).isInstanceOf(SecondStepResult.Good.class);
    }

    @Test
    void noCodeIsInTheDatabase() throws SQLException {
        enrol();
        var digests = database.reading(statements -> statements.list("select digest from recovery_code", row -> row.getString(1)));
        assertThat(digests).hasSize(10).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    }

    @Test
    void tenWrongCodesFromAnywhereAreEnoughForAWhile() throws SQLException {
        enrol();
        for (var i = 0; i < 10; i++) {
            assertThat(judge(WRONG, i)).isEqualTo(new SecondStepResult.Wrong(Duration.ofSeconds(1)));
        }
        assertThat(judge(code(), 20)).isEqualTo(new SecondStepResult.TooMany(time.instant().plus(Duration.ofMinutes(10))));
        pass(Duration.ofMinutes(10));
        assertThat(judge(code(), 20)).isEqualTo(good());
    }

    /// Passwords and codes of one address are counted together.
    @Test
    void anAddressWithTenFailuresIsNotListenedTo() throws SQLException {
        enrol();
        for (var i = 0; i < 10; i++) {
            var _ = persons.signIn("nobody" + i, PASSWORD, PEER);
        }
        assertThat(judge(code(), 1)).isEqualTo(new SecondStepResult.TooMany(time.instant().plus(Duration.ofMinutes(10))));
        assertThat(judge(code(), 2)).isEqualTo(good());
    }

    @Test
    void aRemovedAuthenticatorMakesRoomForAnother() throws SQLException {
        enrol();
        assertThat(steps().remove("jan")).isTrue();
        assertThat(persons.find("jan").map(Person::hasSecondStep)).contains(false);
        assertThat(judge(recoveryCodes.getFirst(), 1)).isInstanceOf(SecondStepResult.Wrong.class);
        assertThat(steps().secret("jan")).isPresent().isNotEqualTo(Optional.of(secret));
        assertThat(steps().remove("nobody")).isFalse();
    }
}
