package facteur.login;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs key derivations, few at a time, and lets few wait: a flood of wrong passwords must not take the processor from
/// mail. On platform threads, because a derivation never blocks: on a virtual one it would hold a carrier that sessions
/// need. The kernel shares the processor between the two. Thread-safe.
public final class Derivations implements AutoCloseable {
    private static final int WAITING = 64;
    private static final long IDLE_SECONDS = 30;

    private final KeyDerivation derivation;
    private final ThreadPoolExecutor threads;

    /// On half of the processor's cores, at least one.
    public Derivations(KeyDerivation derivation) {
        this(derivation, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), WAITING);
    }

    Derivations(KeyDerivation derivation, int atOnce, int waiting) {
        this.derivation = derivation;
        this.threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().daemon().name("login-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// @return empty when too many wait already, or the relay stops
    Optional<byte[]> derive(PasswordHash hash, String password) {
        return run(() -> hash.derive(password, derivation));
    }

    private <T> Optional<T> run(Callable<T> work) {
        try {
            return Optional.of(threads.submit(work).get());
        } catch (RejectedExecutionException full) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException unfit) {
                throw unfit;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Whether a password is the one that was hashed.
    ///
    /// @return empty when too many wait already, or the relay stops
    public Optional<Boolean> matches(PasswordHash hash, String password) {
        return derive(hash, password).map(hash::matches);
    }

    /// Hashes a new password.
    ///
    /// @return empty when too many wait already, or the relay stops
    /// @throws IllegalArgumentException when no password could match it
    public Optional<PasswordHash> hash(String password, SecureRandom random) {
        return run(() -> PasswordHash.of(password, derivation, random));
    }

    /// Takes no more; those that wait are still run.
    @Override
    public void close() {
        threads.shutdown();
    }
}
