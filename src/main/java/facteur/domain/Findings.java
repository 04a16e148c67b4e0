package facteur.domain;

import java.util.List;

/// All that a check found. Immutable.
///
/// @param claim as it was before
/// @param keys announced and active ones, oldest first
/// @param keyProblems why a key of ours can't be read
public record Findings(Claim claim, Finding ownership, List<KeyFinding> keys, List<String> keyProblems, Dmarc dmarc) {
    public Findings {
        keys = List.copyOf(keys);
        keyProblems = List.copyOf(keyProblems);
    }

    /// A domain is proved by its ownership record and one key: of two algorithms, both published serve best, but one
    /// serves.
    public Evidence evidence() {
        return switch (ownership.verdict()) {
            case WRONG -> mismatch(ownership);
            case UNCLEAR -> isEveryKey(Finding.Verdict.WRONG) ? mismatch(keys.getFirst().finding()) : unclear(ownership);
            case RIGHT -> keyEvidence();
        };
    }

    private Evidence keyEvidence() {
        if (keys.isEmpty()) {
            // Our fault, not the domain's.
            return new Evidence.Unclear("there is no key of ours for " + claim.domain());
        }
        if (hasKey()) {
            return new Evidence.Proved();
        }
        return keys.stream()
                .map(KeyFinding::finding)
                .filter(finding -> finding.verdict() == Finding.Verdict.UNCLEAR)
                .findFirst()
                .map(Findings::unclear)
                .orElseGet(() -> mismatch(keys.getFirst().finding()));
    }

    private boolean isEveryKey(Finding.Verdict verdict) {
        return !keys.isEmpty() && keys.stream().allMatch(key -> key.finding().verdict() == verdict);
    }

    /// Whether receivers find a key of ours.
    public boolean hasKey() {
        return keys.stream().anyMatch(KeyFinding::isRight);
    }

    private static Evidence mismatch(Finding finding) {
        return new Evidence.Mismatch(finding.name() + ": " + finding.found());
    }

    private static Evidence unclear(Finding finding) {
        return new Evidence.Unclear(finding.name() + ": " + finding.found());
    }
}
