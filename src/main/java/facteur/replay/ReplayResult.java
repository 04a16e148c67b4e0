package facteur.replay;

import facteur.spool.PastLetter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What came of a replay.
public sealed interface ReplayResult {
    /// @param letters how many were decided twice, the latest ones of the office
    /// @param since when the oldest of them was accepted; empty when there are none
    /// @param unchanged how many stay as they are
    /// @param changed how many would get another From or Reply-To, or would be taken that aren't
    /// @param refused how many would be refused that aren't
    /// @param undecided how many depend on a card that can't be used now; they are in no other number
    /// @param end why there are no more
    /// @param groups of changed letters, the largest first, 20 at most
    /// @param refusals the same of refused ones
    record Replayed(
            int letters,
            Optional<Instant> since,
            int unchanged,
            int changed,
            int refused,
            int undecided,
            End end,
            List<Group> groups,
            List<Group> refusals)
            implements ReplayResult {
        public Replayed {
            groups = List.copyOf(groups);
            refusals = List.copyOf(refusals);
        }
    }

    /// Letters that change alike.
    ///
    /// @param context empty = general
    /// @param examples the latest, five at most
    record Group(String context, Outcome before, Outcome after, int letters, List<PastLetter> examples) {
        public Group {
            examples = List.copyOf(examples);
        }
    }

    /// Why a replay ended.
    enum End {
        /// As many letters as were asked for.
        ENOUGH,
        /// The log has no more of this office.
        LOG,
        /// The time was up.
        TIME
    }

    /// Two are running on this node.
    record Busy() implements ReplayResult {}

    /// There is no such office.
    record NoOffice() implements ReplayResult {}

    /// The settings are unavailable now.
    record Unavailable(String why) implements ReplayResult {}

    /// The settings that the office has are wrong.
    record Unusable(String why) implements ReplayResult {}
}
