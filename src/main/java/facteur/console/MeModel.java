package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The page of who is signed in. Immutable.
///
/// @param hasPassword whether they sign in here, not at a suite or a provider
/// @param secondStep empty when they don't sign in here
/// @param recoveryCodes made just now, to be seen once
/// @param message what was done
public record MeModel(
        boolean hasPassword,
        TextField present,
        TextField wanted,
        Optional<SecondStep> secondStep,
        List<String> recoveryCodes,
        List<Line> sessions,
        List<FieldProblem> problems,
        Optional<String> message) {
    /// @param enrolment for one who has no authenticator
    /// @param canRemove unless the relay wants one
    public record SecondStep(int recoveryCodesLeft, Optional<Enrolment> enrolment, TextField code, boolean canRemove) {}

    /// @param isThis the session of this page
    public record Line(String id, String peer, String agent, Instant madeAt, Instant usedAt, boolean isThis) {}

    public MeModel {
        recoveryCodes = List.copyOf(recoveryCodes);
        sessions = List.copyOf(sessions);
        problems = List.copyOf(problems);
    }
}
