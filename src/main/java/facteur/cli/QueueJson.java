package facteur.cli;

import facteur.act.Act;
import facteur.policy.Rule;
import facteur.spool.Attempt;
import facteur.spool.LetterHistory;
import facteur.spool.QueueCount;
import facteur.spool.QueueLine;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        var members = log(life);
        members.put("header", life.header().orElse(""));
        return members;
    }

    /// All but the header.
    static Map<String, Object> log(LetterHistory life) {
        var why = life.provenance();
        var members = new LinkedHashMap<String, Object>();
        members.put("id", life.id());
        members.put("state", life.place().map(place -> place.standing().word()).orElse("ended"));
        members.put("acceptedAt", life.acceptedAt());
        members.put("endedAt", text(life.endedAt()));
        life.place().ifPresent(place -> {
            members.put("dueAt", place.dueAt());
            members.put("attemptsMade", place.attempts());
            members.put("holdReason", place.holdReason());
            members.put("leaseOwner", place.leaseOwner());
            members.put("leaseEpoch", place.leaseEpoch());
        });
        members.put("app", why.app().text());
        members.put("office", why.office().text());
        members.put("settingsVersion", why.decision().settingsVersion());
        members.put("cardVersion", why.decision().cardVersion());
        members.put("context", why.context().text());
        members.put("relation", why.relation().text());
        members.put("sender", why.sender().text());
        members.put("traceparent", why.trace().text());
        members.put("messageId", life.named().messageId());
        members.put("from", life.named().from());
        members.put("replyTo", life.named().replyTo());
        members.put("fromRule", why.decision().from().text());
        members.put("fromSentence", sentence(why.decision().from().text()));
        members.put("replyToRule", why.decision().replyTo().text());
        members.put("replyToSentence", sentence(why.decision().replyTo().text()));
        members.put("reversePath", life.originalReversePath());
        members.put("reversePathOut", life.reversePath());
        members.put("bodyType", life.bodyType());
        members.put("headerEncoding", life.headerEncoding());
        members.put("returnContent", life.returnContent());
        members.put("envelopeId", life.envelopeId());
        members.put("sizeBytes", life.sizeBytes());
        members.put("recipients", life.recipients().stream().map(QueueJson::recipient).toList());
        members.put("attempts", life.attempts().stream().map(attempt -> attempt(attempt, life)).toList());
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

    private static Map<String, Object> recipient(LetterHistory.OfRecipient recipient) {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", recipient.address());
        members.put("status", recipient.status());
        members.put("lastReply", recipient.lastReply());
        members.put("lastAt", text(recipient.lastAt()));
        members.put("notify", recipient.reports());
        members.put("originalRecipient", recipient.originalRecipient());
        return members;
    }

    private static Map<String, Object> attempt(Attempt attempt, LetterHistory life) {
        var members = new LinkedHashMap<String, Object>();
        members.put("number", attempt.number());
        members.put("at", attempt.at());
        members.put("recipient", recipient(attempt, life));
        members.put("upstream", attempt.upstream());
        members.put("peer", attempt.peer());
        members.put("stage", attempt.stage());
        members.put("result", attempt.result().word());
        members.put("reply", attempt.reply());
        return members;
    }

    /// The recipient; a damaged letter may have lost it.
    static String recipient(Attempt attempt, LetterHistory life) {
        return attempt.position() < life.recipients().size()
                ? life.recipients().get(attempt.position()).address()
                : "recipient " + attempt.position();
    }

    /// The sentence of a rule, if this version still has it.
    static String sentence(String ruleId) {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.id().equals(ruleId))
                .findFirst()
                .map(Rule::sentence)
                .orElse("");
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("");
    }
}
