package facteur.login;

import static facteur.login.Logins.account;
import static facteur.login.Logins.credentials;
import static facteur.login.Logins.peer;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.CountingDerivation;
import facteur.fixture.TestTime;
import facteur.login.Authenticator.Verdict;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {
    private static final InetAddress PEER = peer("192.0.2.1");
    private static final Credentials GOOD = credentials("suite", "sesame");
    private static final Credentials WRONG = credentials("suite", "guess");
    private static final Credentials UNKNOWN = credentials("unknown", "guess");
    private static final LoginLimits LIMITS = new LoginLimits(10, Duration.ofMinutes(10), Duration.ofSeconds(1));

    private final TestTime time = new TestTime();
    private final CountingDerivation derivation = new CountingDerivation();
    private final Account suite = account("suite", "sesame", derivation);
    private final Derivations derivations = new Derivations(derivation);
    private final Authenticator authenticator =
            new Authenticator(List.of(suite), LIMITS, derivations, new SecureRandom(), time);

    AuthenticatorTest() {
        derivation.takeRuns();
    }

    @AfterEach
    void close() {
        derivations.close();
    }

    @Test
    void takesAnUnknownLoginAndAWrongPasswordTheSameWork() {
        authenticator.judge(PEER, WRONG, new FailedGuesses());
        var wrong = derivation.takeRuns();
        authenticator.judge(PEER, UNKNOWN, new FailedGuesses());
        assertThat(derivation.takeRuns()).isEqualTo(wrong).containsExactly(210_000);
    }

    @Test
    void remembersAGoodLoginForSomeMinutes() {
        assertThat(authenticator.judge(PEER, GOOD, new FailedGuesses())).isEqualTo(new Verdict.Good(suite));
        assertThat(derivation.takeRuns()).hasSize(1);
        time.advance(Duration.ofMinutes(4));
        assertThat(authenticator.judge(peer("192.0.2.2"), GOOD, new FailedGuesses())).isEqualTo(new Verdict.Good(suite));
        assertThat(derivation.takeRuns()).isEmpty();
        time.advance(Duration.ofMinutes(1));
        assertThat(authenticator.judge(PEER, GOOD, new FailedGuesses())).isEqualTo(new Verdict.Good(suite));
        assertThat(derivation.takeRuns()).hasSize(1);
    }

    @Test
    void neverRemembersAFailureAndNeverTakesItForGood() {
        authenticator.judge(PEER, GOOD, new FailedGuesses());
        derivation.takeRuns();
        for (var i = 0; i < 3; i++) {
            assertThat(authenticator.judge(PEER, WRONG, new FailedGuesses())).isInstanceOf(Verdict.Wrong.class);
            assertThat(authenticator.judge(PEER, UNKNOWN, new FailedGuesses())).isInstanceOf(Verdict.Wrong.class);
        }
        assertThat(derivation.takeRuns()).hasSize(6);
    }

    @Test
    void waitsLongerAfterEachFailureUpToEightTimes() {
        var delays = new ArrayList<Duration>();
        for (var i = 0; i < 6; i++) {
            if (authenticator.judge(PEER, WRONG, new FailedGuesses()) instanceof Verdict.Wrong(var _, var failures, var delay, var _)) {
                assertThat(failures).isEqualTo(i + 1);
                delays.add(delay);
            }
        }
        assertThat(delays).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 8L, 8L);
    }

    @Test
    void tellsALoginOnlyWhenThereIsOne() {
        assertThat(authenticator.judge(PEER, WRONG, new FailedGuesses()))
                .isEqualTo(new Verdict.Wrong(Optional.of("suite"), 1, Duration.ofSeconds(1), Duration.ZERO));
        assertThat(authenticator.judge(PEER, UNKNOWN, new FailedGuesses()))
                .isEqualTo(new Verdict.Wrong(Optional.empty(), 2, Duration.ofSeconds(2), Duration.ZERO));
    }

    @Test
    void barsAnAddressAfterTenFailuresUntilTheyAreOld() {
        fail(PEER, 10);
        assertThat(authenticator.isBarred(PEER)).isTrue();
        derivation.takeRuns();
        assertThat(authenticator.judge(PEER, GOOD, new FailedGuesses())).isEqualTo(new Verdict.Barred());
        assertThat(derivation.takeRuns()).isEmpty();
        assertThat(authenticator.isBarred(peer("192.0.2.2"))).isFalse();
        assertThat(authenticator.judge(peer("192.0.2.2"), GOOD, new FailedGuesses())).isEqualTo(new Verdict.Good(suite));

        time.advance(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(authenticator.isBarred(PEER)).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(authenticator.isBarred(PEER)).isFalse();
        assertThat(authenticator.judge(PEER, GOOD, new FailedGuesses())).isEqualTo(new Verdict.Good(suite));
    }

    /// As a library says it by each mechanism it knows.
    @Test
    void theSameCredentialsOverOneConnectionAreOneFailure() {
        var connection = new FailedGuesses();
        assertThat(authenticator.judge(PEER, WRONG, connection)).isInstanceOf(Verdict.Wrong.class);
        derivation.takeRuns();
        assertThat(authenticator.judge(PEER, WRONG, connection)).isEqualTo(new Verdict.WrongAgain(Duration.ofSeconds(1)));
        assertThat(derivation.takeRuns()).isEmpty();

        assertThat(failures(authenticator.judge(PEER, credentials("suite", "another"), connection))).isEqualTo(2);
        assertThat(failures(authenticator.judge(PEER, credentials("other", "guess"), connection))).isEqualTo(3);
        assertThat(failures(authenticator.judge(PEER, WRONG, new FailedGuesses()))).as("another connection").isEqualTo(4);
        authenticator.replace(List.of(account("suite", "guess", derivation)), LIMITS);
        assertThat(authenticator.judge(PEER, WRONG, connection)).as("another password since").isInstanceOf(Verdict.Good.class);
    }

    @Test
    void saysWhoIsLockedOutAndForHowLong() {
        fail(PEER, 9);
        assertThat(authenticator.lockouts()).isEmpty();
        time.advance(Duration.ofMinutes(4));
        assertThat(authenticator.judge(PEER, UNKNOWN, new FailedGuesses()))
                .as("until the first of the ten is too old")
                .isEqualTo(new Verdict.Wrong(Optional.empty(), 10, Duration.ofSeconds(8), Duration.ofMinutes(6)));
        time.advance(Duration.ofMinutes(1));
        fail(peer("2001:db8:0:1::5"), 10);
        assertThat(authenticator.lockouts())
                .extracting(lockout -> lockout.client() + " " + lockout.left())
                .containsExactly("2001:db8:0:1:0:0:0:0/64 PT10M", "192.0.2.1 PT5M");
        time.advance(Duration.ofMinutes(5));
        assertThat(authenticator.lockouts()).hasSize(1);
    }

    @Test
    void whoIsUnlockedHasNeverFailed() {
        fail(PEER, 10);
        fail(peer("192.0.2.9"), 10);
        fail(peer("192.0.2.10"), 9);
        assertThat(authenticator.unlock(client -> client.equals(ClientNetwork.of(PEER)))).containsExactly(ClientNetwork.of(PEER));
        assertThat(authenticator.isBarred(PEER)).isFalse();
        assertThat(authenticator.isBarred(peer("192.0.2.9"))).isTrue();
        fail(PEER, 9);
        assertThat(authenticator.isBarred(PEER)).isFalse();
        assertThat(authenticator.unlock(_ -> true)).containsExactly(ClientNetwork.of(peer("192.0.2.9")));
    }

    private static int failures(Verdict verdict) {
        return verdict instanceof Verdict.Wrong wrong ? wrong.failures() : 0;
    }

    @Test
    void startsAnewAfterAGoodLogin() {
        fail(PEER, 9);
        authenticator.judge(PEER, GOOD, new FailedGuesses());
        fail(PEER, 9);
        authenticator.judge(PEER, GOOD, new FailedGuesses());
        fail(PEER, 9);
        assertThat(authenticator.isBarred(PEER)).isFalse();
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        for (var i = 0; i < 10; i++) {
            fail(peer("2001:db8:0:1::" + i), 1);
        }
        assertThat(authenticator.isBarred(peer("2001:db8:0:1:ffff::1"))).isTrue();
        assertThat(authenticator.isBarred(peer("2001:db8:0:2::1"))).isFalse();
    }

    @Test
    void letsNobodyGuessPastTheLimitOverManyConnections() throws Exception {
        var verdicts = together(50, WRONG);
        assertThat(verdicts).filteredOn(Verdict.Wrong.class::isInstance).hasSize(10);
        assertThat(verdicts).filteredOn(Verdict.Barred.class::isInstance).hasSize(40);
        assertThat(derivation.takeRuns()).hasSize(10);
    }

    @Test
    void derivesOnceForAnAppThatOpensManyConnections() throws Exception {
        assertThat(together(20, GOOD)).containsOnly(new Verdict.Good(suite));
        assertThat(derivation.takeRuns()).hasSize(1);
    }

    private List<Verdict> together(int count, Credentials credentials) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var verdicts = new ArrayList<Verdict>();
            for (var verdict : IntStream.range(0, count)
                    .mapToObj(_ -> threads.submit(() -> authenticator.judge(PEER, credentials, new FailedGuesses())))
                    .toList()) {
                verdicts.add(verdict.get());
            }
            return verdicts;
        }
    }

    @Test
    void putsOffWhenTooManyWait() throws Exception {
        var released = new CountDownLatch(1);
        KeyDerivation stuck = (password, salt, rounds) -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return derivation.derive(password, salt, rounds);
        };
        try (var one = new Derivations(stuck, 1, 1); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new Authenticator(List.of(suite), LIMITS, one, new SecureRandom(), time);
            var verdicts = new ExecutorCompletionService<Verdict>(threads);
            for (var address : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3")) {
                verdicts.submit(() -> busy.judge(peer(address), WRONG, new FailedGuesses()));
            }
            // One is run, one waits, one is too many.
            assertThat(verdicts.take().get()).isEqualTo(new Verdict.Busy());
            released.countDown();
            assertThat(verdicts.take().get()).isInstanceOf(Verdict.Wrong.class);
            assertThat(verdicts.take().get()).isInstanceOf(Verdict.Wrong.class);
            assertThat(busy.judge(peer("192.0.2.3"), WRONG, new FailedGuesses())).isInstanceOf(Verdict.Wrong.class);
        }
    }

    @Test
    void letsNobodyInWithoutAccounts() {
        var closed = new Authenticator(List.of(), LIMITS, derivations, new SecureRandom(), time);
        assertThat(closed.knowsAnybody()).isFalse();
        assertThat(closed.judge(PEER, GOOD, new FailedGuesses())).isInstanceOf(Verdict.Wrong.class);
    }

    @Test
    void forgetsAddressesWhenThereAreTooMany() {
        var failures = new LoginFailures<ClientNetwork>(LIMITS, time);
        for (var i = 0; i < 2 * LoginFailures.MOST; i++) {
            failures.of(ClientNetwork.of(peer("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF)))).add();
        }
        assertThat(failures.size()).isLessThanOrEqualTo(LoginFailures.MOST);
    }

    private void fail(InetAddress peer, int times) {
        for (var i = 0; i < times; i++) {
            assertThat(authenticator.judge(peer, WRONG, new FailedGuesses())).isInstanceOf(Verdict.Wrong.class);
        }
    }
}
