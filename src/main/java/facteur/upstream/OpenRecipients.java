package facteur.upstream;

import facteur.mail.smtp.Envelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The recipients of a letter in one attempt, and what became of each so far. A recipient is known by its place in the
/// envelope; its first outcome counts. One thread.
final class OpenRecipients {
    private final @Nullable Outcome[] outcomes;

    /// How many have none yet.
    private int open;

    OpenRecipients(Envelope envelope) {
        this.outcomes = new @Nullable Outcome[envelope.recipients().size()];
        this.open = outcomes.length;
    }

    /// Whether any has no outcome yet.
    boolean remain() {
        return open > 0;
    }

    /// How many have none yet.
    int number() {
        return open;
    }

    /// Whether none has one.
    boolean areUntouched() {
        return open == outcomes.length;
    }

    /// The first of those without one.
    List<Integer> first(int most) {
        var first = new ArrayList<Integer>(Math.min(most, open));
        for (var i = 0; i < outcomes.length && first.size() < most; i++) {
            if (outcomes[i] == null) {
                first.add(i);
            }
        }
        return first;
    }

    /// What failed for want of something here was not tried.
    void settle(int recipient, Outcome outcome) {
        if (outcomes[recipient] == null) {
            outcomes[recipient] = outcome instanceof Outcome.TempFailed(_, FailureCause.Shortage here) ? new Outcome.NotTried(here) : outcome;
            open--;
        }
    }

    void settle(Collection<Integer> recipients, Outcome outcome) {
        for (var recipient : recipients) {
            settle(recipient, outcome);
        }
    }

    void settleAll(Outcome outcome) {
        for (var recipient = 0; recipient < outcomes.length; recipient++) {
            settle(recipient, outcome);
        }
    }

    Optional<Outcome> outcome(int recipient) {
        return Optional.ofNullable(outcomes[recipient]);
    }

    /// One for each recipient, in order.
    ///
    /// @param others of those without
    List<Outcome> outcomes(Outcome others) {
        var all = new ArrayList<Outcome>(outcomes.length);
        for (var outcome : outcomes) {
            all.add(Objects.requireNonNullElse(outcome, others));
        }
        return Collections.unmodifiableList(all);
    }

    /// One for each recipient, in order, when none remains.
    List<Outcome> outcomes() {
        var all = new ArrayList<Outcome>(outcomes.length);
        for (var outcome : outcomes) {
            all.add(Objects.requireNonNull(outcome));
        }
        return Collections.unmodifiableList(all);
    }
}
