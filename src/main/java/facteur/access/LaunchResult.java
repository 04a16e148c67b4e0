package facteur.access;

import java.util.Optional;

/// What becomes of a signed launch.
public sealed interface LaunchResult {
    /// It is used up by this.
    record Accepted(Launch launch) implements LaunchResult {}

    /// @param why a sentence for the operator, without what was presented
    /// @param suite that it claims to come from, if there is one of that name: for a link back, and for nothing else
    record Refused(LaunchRefusal reason, String why, Optional<SuiteSettings> suite) implements LaunchResult {}
}
