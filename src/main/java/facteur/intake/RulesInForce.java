package facteur.intake;

import java.util.Optional;
import java.util.function.Function;

/// The current rules, lent per letter, so that it is known when the last letter has ended that uses replaced ones.
/// Thread-safe.
public final class RulesInForce {
    /// Guarded by the lock of the object around it.
    private static final class Edition {
        private final IntakeRules rules;
        private int letters;
        private Optional<Runnable> whenUnused = Optional.empty();

        Edition(IntakeRules rules) {
            this.rules = rules;
        }
    }

    private Edition current;

    public RulesInForce(IntakeRules rules) {
        current = new Edition(rules);
    }

    /// Replaces the rules: letters from now on use these.
    ///
    /// @param whenUnused runs once, when no letter uses the old ones any more; on the thread of the last one, or at once. Doesn't block and doesn't throw: that letter is waiting for its reply
    public void replace(IntakeRules rules, Runnable whenUnused) {
        Optional<Runnable> now;
        synchronized (this) {
            var old = current;
            current = new Edition(rules);
            old.whenUnused = Optional.of(whenUnused);
            now = old.letters == 0 ? old.whenUnused : Optional.empty();
        }
        now.ifPresent(Runnable::run);
    }

    /// Lends the rules for the time of one letter.
    public <T> T lend(Function<IntakeRules, T> letter) {
        var edition = acquire();
        try {
            return letter.apply(edition.rules);
        } finally {
            release(edition).ifPresent(Runnable::run);
        }
    }

    private synchronized Edition acquire() {
        current.letters++;
        return current;
    }

    private synchronized Optional<Runnable> release(Edition edition) {
        edition.letters--;
        return edition.letters == 0 ? edition.whenUnused : Optional.empty();
    }
}
