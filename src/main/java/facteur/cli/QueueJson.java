package facteur.cli;

import facteur.act.Act;
import facteur.explain.LetterJson;
import facteur.spool.LetterHistory;
import facteur.spool.QueueCount;
import facteur.spool.QueueLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The queue for programs: values for [facteur.platform.json.Json]. Times are ISO 8601, UTC; an empty text is "none".
final class QueueJson {
    private QueueJson() {}

    static Map<String, Object> line(QueueLine line) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", line.id());
        members.put("state", line.standing().word());
        members.put("acceptedAt", line.acceptedAt());
        members.put("dueAt", line.dueAt());
        members.put("attempts", line.attempts());
        members.put("holdReason", line.holdReason());
        members.put("sizeBytes", line.sizeBytes());
        members.put("office", line.office());
        members.put("reversePath", line.reversePath());
        members.put("recipient", line.recipient());
        members.put("waiting", line.waiting());
        members.put("lastReply", line.lastReply());
        return members;
    }

    static List<Map<String, Object>> counts(List<QueueCount> counts) {
        return counts.stream()
                .<Map<String, Object>>map(count -> {
                    var members = new LinkedHashMap<String, Object>();
                    members.put("state", count.standing().word());
                    members.put("letters", count.letters());
                    members.put("oldestAt", count.oldestAt());
                    return members;
                })
                .toList();
    }

    static Map<String, Object> life(LetterHistory life) {
        var members = new LinkedHashMap<>(LetterJson.log(life));
        members.put("header", life.header().orElse(""));
        return members;
    }

    static Map<String, Object> act(Act act) {
        var members = new LinkedHashMap<String, Object>();
        members.put("at", act.at());
        members.put("operator", act.operator());
        members.put("command", act.command());
        members.put("letters", act.letters());
        members.put("ids", act.ids());
        return members;
    }
}
