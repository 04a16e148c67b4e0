package facteur.access;

import facteur.login.ClientNetwork;
import facteur.login.Derivations;
import facteur.login.LoginFailures;
import facteur.login.LoginLimits;
import facteur.login.PasswordHash;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Database;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Judges logins and passwords of persons. A login that isn't there, one without a password and one that is disabled cost as much time
/// as a wrong password: a derivation each. Failures are counted on this node: by address, which is turned away after ten, and by
/// login, there or not, whose tries all take long after ten, right ones among them; so that guessing from many addresses is slow, and
/// no stranger can lock a person out. They age, and a good sign-in doesn't forgive them: else a guesser with an account could go on.
///
/// Thread-safe.
final class SignIns {
    static final LoginLimits LIMITS = new LoginLimits(10, Duration.ofMinutes(10), Duration.ofSeconds(1));
    static final Duration WATCHED_DELAY = Duration.ofSeconds(8);

    private static final PasswordHash DECOY = PasswordHash.ofNobody();

    private final Database database;
    private final Derivations derivations;
    private final SteadyTime steady;
    private final LoginFailures<ClientNetwork> byPeer;
    private final LoginFailures<String> byLogin;
    private final LoginFailures<String> secondSteps;

    SignIns(Database database, Derivations derivations, SteadyTime steady) {
        this.database = database;
        this.derivations = derivations;
        this.steady = steady;
        byPeer = new LoginFailures<>(LIMITS, steady);
        byLogin = new LoginFailures<>(LIMITS, steady);
        secondSteps = new LoginFailures<>(LIMITS, steady);
    }

    SignInResult judge(String login, String password, InetAddress peer) throws SQLException {
        var wanted = NewPerson.normalized(login);
        var watched = byLogin.of(wanted);
        var failed = byPeer.of(ClientNetwork.of(peer));
        synchronized (failed) {
            if (failed.isFull()) {
                return new SignInResult.TooMany(steady.onWall(steady.instant().plus(failed.left())));
            }
            var row = database.reading(statements -> PersonRows.byLogin(statements, wanted));
            var hash = row.filter(_ -> Passwords.isReadable(password)).flatMap(PersonRows.Row::hash);
            var isRight = derivations.matches(hash.orElse(DECOY), password);
            if (isRight.isEmpty()) {
                return new SignInResult.Busy();
            }
            var delay = watched.isFull() ? WATCHED_DELAY : Duration.ZERO;
            if (isRight.get() && hash.isPresent()) {
                return new SignInResult.Good(row.orElseThrow().person(), delay);
            }
            var _ = watched.add();
            var own = LIMITS.delayAfter(failed.add());
            return new SignInResult.Wrong(own.compareTo(delay) > 0 ? own : delay, row.map(found -> found.person().login()));
        }
    }

    /// Whether a code is good.
    @FunctionalInterface
    interface Codes {
        /// @return empty when it isn't
        Optional<SecondStepResult.Good> take(String login, String code) throws SQLException;
    }

    /// After ten wrong codes no code of that person is looked at for a while: six digits stand no guessing. Only those who know the
    /// password come that far, so no stranger locks a person out.
    SecondStepResult judgeCode(String login, String code, InetAddress peer, Codes codes) throws SQLException {
        var failed = byPeer.of(ClientNetwork.of(peer));
        var ownFailed = secondSteps.of(login);
        synchronized (ownFailed) {
            var left = failed.left().compareTo(ownFailed.left()) > 0 ? failed.left() : ownFailed.left();
            if (left.isPositive()) {
                return new SecondStepResult.TooMany(steady.onWall(steady.instant().plus(left)));
            }
            var good = codes.take(login, code);
            if (good.isPresent()) {
                return good.get();
            }
            var _ = ownFailed.add();
            return new SecondStepResult.Wrong(LIMITS.delayAfter(failed.add()));
        }
    }
}
