package facteur.admin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the daemon is. Immutable.
///
/// @param unready why it can't take letters; empty when it can
/// @param lastReload shown only: one that failed leaves a daemon that works
public record Health(List<String> unready, Optional<LastReload> lastReload) {
    /// @param since when it has come out like this, time after time
    public record LastReload(Instant at, Reloaded outcome, Instant since) {
        /// The one after it.
        public LastReload then(Instant now, Reloaded next) {
            return new LastReload(now, next, next.getClass().equals(outcome.getClass()) ? since : now);
        }

        private Map<String, Object> members() {
            var members = new LinkedHashMap<String, Object>();
            members.put("reloadedAt", at);
            members.putAll(Health.members(outcome));
            switch (outcome) {
                case Reloaded.TakenOver _ -> {}
                case Reloaded.Kept(var problems) -> {
                    members.put("refusedSince", since);
                    members.put("firstProblem", problems.getFirst());
                }
            }
            return members;
        }
    }

    Answer answer() {
        var members = new LinkedHashMap<String, Object>();
        members.put("status", unready.isEmpty() ? "ready" : "unready");
        members.put("reasons", unready);
        lastReload.ifPresent(reload -> members.putAll(reload.members()));
        return Answer.json(unready.isEmpty() ? 200 : 503, members);
    }

    static Map<String, Object> members(Reloaded outcome) {
        var members = new LinkedHashMap<String, Object>();
        switch (outcome) {
            case Reloaded.TakenOver(var changed, var atNextStart, var warnings) -> {
                members.put("reload", "taken over");
                members.put("changed", changed);
                members.put("atNextStart", atNextStart);
                members.put("warnings", warnings);
            }
            case Reloaded.Kept(var problems) -> {
                members.put("reload", "kept the old configuration");
                members.put("problems", problems);
            }
        }
        return members;
    }
}
