package facteur.explain;

import facteur.mail.message.Mailbox;
import facteur.policy.Decision;
import facteur.policy.SendingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The answer to an [ExplainRequest]. Immutable.
///
/// @param relation as the letter names it; empty = none
/// @param source where the settings come from
/// @param settingsAge since the source gave them
/// @param replyAddress what Reply-To says instead of those who answer, with `r-TOKEN` for what is made for each letter; empty: it says
///     these
/// @param departure empty when the letter would be refused, or that wasn't asked
public record Explanation(
        SendingContext letter,
        String relation,
        Decision decision,
        String source,
        Duration settingsAge,
        Optional<Mailbox> replyAddress,
        Optional<Departure> departure,
        List<String> warnings) {
    public Explanation {
        warnings = List.copyOf(warnings);
    }

    /// The same for the office's own people, whom the operator's upstreams don't concern.
    public Explanation withoutDeparture() {
        return new Explanation(letter, relation, decision, source, settingsAge, replyAddress, Optional.empty(), warnings);
    }
}
