package facteur.explain;

import facteur.mail.smtp.Address;
import facteur.policy.Rule;
import facteur.spool.Attempt;
import facteur.spool.BadAddress;
import facteur.spool.BadAddresses;
import facteur.spool.LetterHistory;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A letter of the message log for programs: values for [facteur.platform.json.Json]. Times are ISO 8601, UTC; an empty text is
/// "none".
public final class LetterJson {
    private LetterJson() {}

    /// All but the header.
    public static Map<String, Object> log(LetterHistory life) {
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
        members.put("kind", why.kind().text());
        members.put("app", why.app().text());
        members.put("office", why.office().text());
        members.put("settingsVersion", why.decision().settingsVersion());
        members.put("cardVersion", why.decision().cardVersion());
        members.put("context", why.context().text());
        members.put("relation", why.relation().text());
        members.put("sender", why.sender().text());
        members.put("traceparent", why.trace().text());
        members.put("messageId", life.named().messageId());
        members.put("subject", life.named().subject());
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
        members.put("recipients", IntStream.range(0, life.recipients().size()).mapToObj(position -> recipient(life, position)).toList());
        members.put("attempts", life.attempts().stream().map(attempt -> attempt(attempt, life)).toList());
        members.put("returns", life.returns().stream().map(LetterJson::ofReturn).toList());
        members.put("answers", life.answers().orElse(""));
        return members;
    }

    private static Map<String, Object> ofReturn(LetterHistory.OfReturn found) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", found.id());
        members.put("at", found.at());
        members.put("kind", found.kind());
        members.put("sender", found.sender());
        members.put("text", found.text());
        members.put("recipients", found.statuses().stream().map(LetterJson::status).toList());
        return members;
    }

    private static Map<String, Object> status(LetterHistory.OfStatus status) {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", status.address());
        members.put("known", status.isKnown());
        members.put("action", status.action());
        members.put("status", status.status());
        members.put("diagnostic", status.diagnostic());
        members.put("host", status.host());
        return members;
    }

    /// What an office sees in a list of its letters.
    public static Map<String, Object> line(LetterHistory life) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", life.id());
        members.put("state", life.place().map(place -> place.standing().word()).orElse("ended"));
        members.put("acceptedAt", life.acceptedAt());
        members.put("endedAt", text(life.endedAt()));
        members.put("context", life.provenance().context().text());
        members.put("relation", life.provenance().relation().text());
        members.put("sender", life.provenance().sender().text());
        members.put("from", life.named().from());
        members.put("replyTo", life.named().replyTo());
        members.put("recipients", life.recipients().stream().map(LetterJson::briefly).toList());
        return members;
    }

    private static Map<String, Object> briefly(LetterHistory.OfRecipient recipient) {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", recipient.address());
        members.put("status", recipient.status());
        return members;
    }

    /// What an office sees of one of its letters: all but the operator's own arrangements, such as leases and upstreams.
    ///
    /// @param bad those of its recipients that the office's letters don't reach now
    public static Map<String, Object> ofOffice(LetterHistory life, List<BadAddress> bad) {
        var members = new LinkedHashMap<>(log(life));
        members.put("recipients", IntStream.range(0, life.recipients().size())
                .mapToObj(position -> recipient(life, position, bad))
                .toList());
        List.of("leaseOwner", "leaseEpoch", "subject", "reversePathOut", "bodyType", "headerEncoding", "returnContent", "envelopeId")
                .forEach(members::remove);
        var decision = life.provenance().decision();
        members.put("considered", ExplanationJson.considered(
                Stream.of(decision.from().text(), decision.replyTo().text()).flatMap(id -> rule(id).stream()).toArray(Rule[]::new)));
        members.put("attempts", life.attempts().stream().map(attempt -> {
            var each = new LinkedHashMap<>(attempt(attempt, life));
            each.remove("upstream");
            return each;
        }).toList());
        return members;
    }

    private static Map<String, Object> recipient(LetterHistory life, int position) {
        var recipient = life.recipients().get(position);
        var members = new LinkedHashMap<String, Object>();
        members.put("address", recipient.address());
        members.put("status", recipient.status());
        members.put("lastReply", recipient.lastReply());
        members.put("lastAt", text(recipient.lastAt()));
        members.put("notify", recipient.reports());
        members.put("originalRecipient", recipient.originalRecipient());
        life.heardOf(position).ifPresent(heard -> members.put("cameBack", cameBack(heard)));
        return members;
    }

    private static Map<String, Object> recipient(LetterHistory life, int position, List<BadAddress> bad) {
        var members = new LinkedHashMap<>(recipient(life, position));
        var address = Address.parse(life.recipients().get(position).address());
        bad.stream()
                .filter(each -> address.filter(mailbox -> BadAddresses.isOf(each, mailbox)).isPresent())
                .findFirst()
                .ifPresent(each -> members.put("badAddress", BadAddressJson.of(each)));
        return members;
    }

    private static Map<String, Object> cameBack(LetterHistory.Heard heard) {
        var members = new LinkedHashMap<String, Object>();
        members.put("return", heard.in().id());
        members.put("at", heard.in().at());
        members.put("action", heard.said().action());
        members.put("status", heard.said().status());
        members.put("diagnostic", heard.said().diagnostic());
        members.put("host", heard.said().host());
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
    public static String recipient(Attempt attempt, LetterHistory life) {
        return attempt.position() < life.recipients().size()
                ? life.recipients().get(attempt.position()).address()
                : "recipient " + attempt.position();
    }

    /// The sentence of a rule, if this version still has it.
    public static String sentence(String ruleId) {
        return rule(ruleId).map(Rule::sentence).orElse("");
    }

    private static Optional<Rule> rule(String id) {
        return Arrays.stream(Rule.values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("");
    }
}
