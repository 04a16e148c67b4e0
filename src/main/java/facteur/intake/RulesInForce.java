package facteur.intake;

import java.util.Optional;
import java.util.function.Function;

/// The rules that letters go by, lent to one letter at a time, so that it is known when the last letter is done with
/// those that were replaced. Thread-safe.
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

    /// Puts other rules in the place of these: letters from now on go by them.
    ///
    /// @param whenUnused runs once, when no letter goes by the old ones any more; on the thread of the last of them, or
    ///     at once. Doesn't block and doesn't throw: that letter is waiting for its reply
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
    <T> T lend(Function<IntakeRules, T> letter) {
        var edition = take();
        try {
            return letter.apply(edition.rules);
        } finally {
            giveBack(edition).ifPresent(Runnable::run);
        }
    }

    private synchronized Edition take() {
        current.letters++;
        return current;
    }

    private synchronized Optional<Runnable> giveBack(Edition edition) {
        edition.letters--;
        return edition.letters == 0 ? edition.whenUnused : Optional.empty();
    }
}
