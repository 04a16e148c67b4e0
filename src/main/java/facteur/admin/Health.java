package facteur.admin;

import facteur.settings.FileTrouble;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The daemon's health. Immutable.
///
/// @param unready why it doesn't accept letters; empty when it does
/// @param warnings informative: what an operator should look at, although letters are accepted
/// @param files informative: files of offices that can't be used; letters of other offices are accepted
/// @param lastReload informative: after a refused one the daemon works on
public record Health(
        List<String> unready, List<String> warnings, List<FileTrouble> files, Optional<LastReload> lastReload) {
    /// Keeps the answer to a probe short; `/status` has all.
    private static final int MOST_FILES = 20;

    /// @param since the first of an unbroken series with this outcome
    public record LastReload(Instant at, ReloadResult outcome, Instant since) {
        /// After another one.
        public LastReload then(Instant now, ReloadResult next) {
            return new LastReload(now, next, next.getClass().equals(outcome.getClass()) ? since : now);
        }

        private Map<String, Object> members() {
            var members = new LinkedHashMap<String, Object>();
            members.put("reloadedAt", at);
            members.putAll(Health.members(outcome));
            switch (outcome) {
                // The health itself has members with these names.
                case ReloadResult.Applied _ -> {
                    members.put("reloadWarnings", members.remove("warnings"));
                    members.remove("troubles");
                }
                case ReloadResult.Refused(var problems) -> {
                    members.put("refusedSince", since);
                    members.put("firstProblem", problems.getFirst());
                }
            }
            return members;
        }
    }

    AdminResponse answer() {
        var members = new LinkedHashMap<String, Object>();
        members.put("status", unready.isEmpty() ? "ready" : "unready");
        members.put("reasons", unready);
        members.put("warnings", warnings);
        members.put("files", files.stream().limit(MOST_FILES).map(FileReport::of).map(FileReport::members).toList());
        if (files.size() > MOST_FILES) {
            members.put("moreFiles", files.size() - MOST_FILES);
        }
        lastReload.ifPresent(reload -> members.putAll(reload.members()));
        return AdminResponse.json(unready.isEmpty() ? 200 : 503, members);
    }

    static Map<String, Object> members(ReloadResult outcome) {
        var members = new LinkedHashMap<String, Object>();
        switch (outcome) {
            case ReloadResult.Applied(var changed, var atNextStart, var warnings, var troubles) -> {
                members.put("reload", "taken over");
                members.put("changed", changed);
                members.put("atNextStart", atNextStart);
                members.put("warnings", warnings);
                members.put("troubles", troubles);
            }
            case ReloadResult.Refused(var problems) -> {
                members.put("reload", "kept the old configuration");
                members.put("problems", problems);
            }
        }
        return members;
    }
}
