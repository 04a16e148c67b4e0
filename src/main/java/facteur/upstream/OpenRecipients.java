package facteur.upstream;

import facteur.mail.smtp.Envelope;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The recipients of a letter in one attempt, and what became of each so far. A recipient is known by its place in the
/// envelope; its first outcome counts. One thread.
final class OpenRecipients {
    private final @Nullable Outcome[] outcomes;

    OpenRecipients(Envelope envelope) {
        this.outcomes = new @Nullable Outcome[envelope.recipients().size()];
    }

    /// Whether any has no outcome yet.
    boolean remain() {
        return Arrays.stream(outcomes).anyMatch(Objects::isNull);
    }

    /// How many have none yet.
    int number() {
        return (int) Arrays.stream(outcomes).filter(Objects::isNull).count();
    }

    /// Whether none has one.
    boolean areUntouched() {
        return Arrays.stream(outcomes).noneMatch(Objects::nonNull);
    }

    /// The first of those without one.
    List<Integer> first(int most) {
        return IntStream.range(0, outcomes.length)
                .filter(i -> outcomes[i] == null)
                .limit(most)
                .boxed()
                .toList();
    }

    /// What failed for want of something here was not tried.
    void settle(int recipient, Outcome outcome) {
        if (outcomes[recipient] == null) {
            outcomes[recipient] = outcome instanceof Outcome.TempFailed(_, FailureCause.Shortage here) ? new Outcome.NotTried(here) : outcome;
        }
    }

    void settle(Collection<Integer> recipients, Outcome outcome) {
        recipients.forEach(recipient -> settle(recipient, outcome));
    }

    void settleAll(Outcome outcome) {
        IntStream.range(0, outcomes.length).forEach(recipient -> settle(recipient, outcome));
    }

    Optional<Outcome> outcome(int recipient) {
        return Optional.ofNullable(outcomes[recipient]);
    }

    /// One for each recipient, in order.
    ///
    /// @param others of those without
    List<Outcome> outcomes(Outcome others) {
        return Arrays.stream(outcomes).map(outcome -> Objects.requireNonNullElse(outcome, others)).toList();
    }

    /// One for each recipient, in order, when none remains.
    List<Outcome> outcomes() {
        return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
    }
}
