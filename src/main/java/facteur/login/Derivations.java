package facteur.login;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
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
        try {
            return Optional.of(threads.submit(() -> hash.derive(password, derivation)).get());
        } catch (RejectedExecutionException full) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Takes no more; those that wait are still run.
    @Override
    public void close() {
        threads.shutdown();
    }
}
