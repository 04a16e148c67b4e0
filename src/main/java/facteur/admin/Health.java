package facteur.admin;

import facteur.settings.FileTrouble;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the daemon is. Immutable.
///
/// @param unready why it can't take letters; empty when it can
/// @param warnings shown only: what an operator should look at though letters are taken
/// @param files shown only: files of offices that can't be used leave a daemon that takes letters of others
/// @param lastReload shown only: one that failed leaves a daemon that works
public record Health(
        List<String> unready, List<String> warnings, List<FileTrouble> files, Optional<LastReload> lastReload) {
    /// More would make a probe's answer long; `/status` has them all.
    private static final int SHOWN = 20;

    /// @param since when it has come out like this, time after time
    public record LastReload(Instant at, ReloadResult outcome, Instant since) {
        /// The one after it.
        public LastReload then(Instant now, ReloadResult next) {
            return new LastReload(now, next, next.getClass().equals(outcome.getClass()) ? since : now);
        }

        private Map<String, Object> members() {
            var members = new LinkedHashMap<String, Object>();
            members.put("reloadedAt", at);
            members.putAll(Health.members(outcome));
            switch (outcome) {
                // Those of now have the names that these had then.
                case ReloadResult.TakenOver _ -> {
                    members.put("reloadWarnings", members.remove("warnings"));
                    members.remove("troubles");
                }
                case ReloadResult.Kept(var problems) -> {
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
        members.put("files", files.stream().limit(SHOWN).map(FileReport::of).map(FileReport::members).toList());
        if (files.size() > SHOWN) {
            members.put("moreFiles", files.size() - SHOWN);
        }
        lastReload.ifPresent(reload -> members.putAll(reload.members()));
        return AdminResponse.json(unready.isEmpty() ? 200 : 503, members);
    }

    static Map<String, Object> members(ReloadResult outcome) {
        var members = new LinkedHashMap<String, Object>();
        switch (outcome) {
            case ReloadResult.TakenOver(var changed, var atNextStart, var warnings, var troubles) -> {
                members.put("reload", "taken over");
                members.put("changed", changed);
                members.put("atNextStart", atNextStart);
                members.put("warnings", warnings);
                members.put("troubles", troubles);
            }
            case ReloadResult.Kept(var problems) -> {
                members.put("reload", "kept the old configuration");
                members.put("problems", problems);
            }
        }
        return members;
    }
}
