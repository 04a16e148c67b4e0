package facteur.replay;

import facteur.platform.config.Word;
import facteur.spool.PastLetter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A replay for programs: values for [facteur.platform.json.Json].
public final class ReplayJson {
    private ReplayJson() {}

    public static Map<String, Object> members(ReplayResult.Replayed replayed) {
        var members = new LinkedHashMap<String, Object>();
        members.put("letters", replayed.letters());
        members.put("since", replayed.since().map(Instant::toString).orElse(""));
        members.put("unchanged", replayed.unchanged());
        members.put("changed", replayed.changed());
        members.put("refused", replayed.refused());
        members.put("undecided", replayed.undecided());
        members.put("end", Word.of(replayed.end()));
        members.put("groups", replayed.groups().stream().map(ReplayJson::members).toList());
        members.put("refusals", replayed.refusals().stream().map(ReplayJson::members).toList());
        return members;
    }

    private static Map<String, Object> members(ReplayResult.Group group) {
        var members = new LinkedHashMap<String, Object>();
        members.put("context", group.context());
        members.put("letters", group.letters());
        members.put("before", members(group.before()));
        members.put("after", members(group.after()));
        members.put("examples", group.examples().stream().map(ReplayJson::members).toList());
        return members;
    }

    private static Map<String, Object> members(Outcome outcome) {
        var members = new LinkedHashMap<String, Object>();
        switch (outcome) {
            case Outcome.Written(var from, var fromRule, var replyTo, var replyToRule) -> {
                members.put("from", from);
                members.put("fromRule", fromRule);
                members.put("replyTo", replyTo);
                members.put("replyToRule", replyToRule);
            }
            case Outcome.Refused(var reply) -> members.put("refused", reply);
        }
        return members;
    }

    private static Map<String, Object> members(PastLetter letter) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", letter.id());
        members.put("acceptedAt", letter.acceptedAt());
        members.put("relation", letter.relation().text());
        members.put("sender", letter.sender().text());
        return members;
    }
}
