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
    public record LastReload(Instant at, Reloaded outcome) {}

    Answer answer() {
        var members = new LinkedHashMap<String, Object>();
        members.put("status", unready.isEmpty() ? "ready" : "unready");
        members.put("reasons", unready);
        lastReload.ifPresent(reload -> {
            members.put("reloadedAt", reload.at());
            members.putAll(members(reload.outcome()));
        });
        return Answer.json(unready.isEmpty() ? 200 : 503, members);
    }

    static Map<String, Object> members(Reloaded outcome) {
        var members = new LinkedHashMap<String, Object>();
        switch (outcome) {
            case Reloaded.TakenOver(var atNextStart, var warnings) -> {
                members.put("reload", "taken over");
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
