package facteur.upstream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Keeps what failed together from coming back together. Thread-safe when its generator is.
@FunctionalInterface
public interface Jitter {
    /// How much longer or shorter a wait may become.
    double SHARE = 0.1;

    Duration spread(Duration wait);

    /// A tenth longer or shorter at most, by chance.
    static Jitter of(RandomGenerator random) {
        return wait -> wait.plusMillis(Math.round(wait.toMillis() * SHARE * (2 * random.nextDouble() - 1)));
    }
}
