package facteur.login;

import facteur.platform.clock.SteadyTime;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Judges logins. One that isn't there costs as much time as a wrong password: a derivation either way. (Passwords
/// hashed with different numbers of rounds can be told apart by time; `facteur password` always makes the same.)
/// Thread-safe.
public final class Authenticator {
    /// What comes of a login.
    public sealed interface Verdict {
        /// @param account as it was when the password was compared
        record Good(Account account) implements Verdict {}

        /// @param login if there is such a one: people type passwords into the wrong field
        /// @param failures of the address within the window, this one included
        /// @param delay how long to wait before the answer
        /// @param lockedFor how long that address is locked out from now; zero while it may fail again
        record Wrong(Optional<String> login, int failures, Duration delay, Duration lockedFor) implements Verdict {}

        /// As wrong as before, and no other failure: this connection has said the same already.
        ///
        /// @param delay how long to wait before the answer
        record WrongAgain(Duration delay) implements Verdict {}

        /// The address has had too many failures.
        record Barred() implements Verdict {}

        /// Too many others are being judged.
        record Busy() implements Verdict {}
    }

    /// @param decoy what an unknown login is checked against, to take as long
    private record Passwords(Map<String, PasswordHash> byLogin, PasswordHash decoy) {
        static Passwords of(Collection<Account> accounts) {
            return new Passwords(
                    accounts.stream().collect(Collectors.toUnmodifiableMap(Account::login, Account::password)),
                    PasswordHash.ofNobody(accounts.stream()
                            .mapToInt(account -> account.password().rounds())
                            .max()
                            .orElse(PasswordHash.ROUNDS)));
        }
    }

    private volatile Passwords passwords;
    private volatile LoginLimits limits;
    private final LoginFailures<ClientNetwork> failures;
    private final GoodLogins goodLogins;
    private final Derivations derivations;

    public Authenticator(
            Collection<Account> accounts,
            LoginLimits limits,
            Derivations derivations,
            SecureRandom random,
            SteadyTime time) {
        this.passwords = Passwords.of(accounts);
        this.limits = limits;
        this.failures = new LoginFailures<>(limits, time);
        this.goodLogins = new GoodLogins(random, time);
        this.derivations = derivations;
    }

    /// From now on these accounts may log in, no others, and these limits count.
    public void replace(Collection<Account> accounts, LoginLimits others) {
        passwords = Passwords.of(accounts);
        limits = others;
        failures.apply(others);
    }

    /// Whether there is any account.
    public boolean knowsAnybody() {
        return !passwords.byLogin.isEmpty();
    }

    /// Whether any login from there would be turned away unheard.
    public boolean isBarred(InetAddress peer) {
        return failures.isFull(ClientNetwork.of(peer));
    }

    /// Who can't log in now, those that have to wait longest first.
    public List<Lockout> lockouts() {
        return failures.full().entrySet().stream()
                .map(entry -> new Lockout(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Lockout::left).reversed())
                .toList();
    }

    /// Has those log in again whose client fits, as if they had never failed.
    ///
    /// @return who couldn't
    public List<ClientNetwork> unlock(Predicate<ClientNetwork> fits) {
        var unlocked = lockouts().stream().map(Lockout::client).filter(fits).toList();
        unlocked.forEach(failures::forget);
        return unlocked;
    }

    /// @param tried over the same connection
    public Verdict judge(InetAddress peer, Credentials credentials, FailedGuesses tried) {
        var now = passwords;
        var known = Optional.ofNullable(now.byLogin.get(credentials.login()));
        var failed = failures.of(ClientNetwork.of(peer));
        synchronized (failed) {
            if (failed.isFull()) {
                return new Verdict.Barred();
            }
            var hash = known.orElse(now.decoy);
            var seal = goodLogins.seal(credentials, hash);
            if (known.isPresent() && goodLogins.contains(seal)) {
                failed.clear();
                return new Verdict.Good(new Account(credentials.login(), hash));
            }
            if (tried.contains(seal)) {
                return new Verdict.WrongAgain(limits.delayAfter(Math.max(1, failed.count())));
            }
            var derived = derivations.derive(hash, credentials.password().reveal());
            if (derived.isEmpty()) {
                return new Verdict.Busy();
            }
            if (hash.matches(derived.get()) && known.isPresent()) {
                goodLogins.add(seal);
                failed.clear();
                return new Verdict.Good(new Account(credentials.login(), hash));
            }
            tried.add(seal);
            var count = failed.add();
            return new Verdict.Wrong(known.map(_ -> credentials.login()), count, limits.delayAfter(count), failed.left());
        }
    }
}
