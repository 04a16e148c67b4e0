package facteur.explain;

import facteur.mail.dkim.DkimKey;
import facteur.policy.Decision;
import facteur.policy.Rule;
import facteur.route.MatchedRoute;
import facteur.route.RankedUpstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An explanation for programs: values for [facteur.platform.json.Json].
public final class ExplanationJson {
    private ExplanationJson() {}

    /// The members of `facteur explain --json`; without `sandbox`, `routes` and `signature` when the departure isn't there.
    public static Map<String, Object> members(Explanation explained) {
        var members = new LinkedHashMap<String, Object>();
        members.put("office", explained.letter().office().id());
        members.put("context", explained.letter().context().map(Object::toString).orElse(""));
        members.put("relation", explained.relation());
        members.put("sender", explained.letter().sender().map(Object::toString).orElse(""));
        switch (explained.decision()) {
            case Decision.Rewrite(var from, var fromRule, var replyTo, var replyToRule, var fallback) -> {
                members.put("from", from);
                members.put("fromRule", fromRule);
                fallback.ifPresent(why -> members.put("fallback", why));
                members.put("replyTo", replyTo);
                explained.replyAddress().ifPresent(address -> members.put("replyAddress", address.written()));
                members.put("replyToRule", replyToRule);
                members.put("considered", considered(fromRule, replyToRule));
            }
            case Decision.Refuse(var reply) -> members.put("refused", reply);
        }
        explained.departure().ifPresent(departure -> members.putAll(members(departure)));
        members.put("settingsSource", explained.source());
        members.put("settingsVersion", explained.letter().office().version());
        members.put("settingsAge", explained.settingsAge().toSeconds());
        members.put("warnings", explained.warnings());
        return members;
    }

    /// Each row that was considered; the one that matches is last in its table.
    public static List<Map<String, Object>> considered(Rule... matched) {
        return Stream.of(matched)
                .flatMap(rule -> Stream.concat(
                        rule.passedOver().stream().map(other -> row(other, rule)), Stream.of(row(rule, rule))))
                .toList();
    }

    private static Map<String, Object> row(Rule rule, Rule chosen) {
        var row = new LinkedHashMap<String, Object>();
        row.put("rule", rule);
        row.put("fits", rule == chosen);
        row.put("sentence", rule.sentence());
        return row;
    }

    private static Map<String, Object> members(Departure departure) {
        var signature = new LinkedHashMap<String, Object>();
        signature.put("domain", departure.keys().domain());
        signature.put("selectors", departure.keys().signing().stream().map(DkimKey::selector).toList());
        signature.put("waiting", departure.waiting());
        signature.put("problems", departure.keys().problems());
        var members = new LinkedHashMap<String, Object>();
        var isSandboxed = departure.sandbox().isPresent();
        members.put("sandbox", isSandboxed);
        members.put("routes", isSandboxed ? List.of() : departure.passages().stream().map(ExplanationJson::members).toList());
        members.put("signature", signature);
        return members;
    }

    private static Map<String, Object> members(MatchedRoute passage) {
        var members = new LinkedHashMap<String, Object>();
        members.put("route", passage.number());
        members.put("toDomains", passage.toDomains());
        members.put("recipients", passage.recipients());
        members.put("upstreams", passage.upstreams().stream().map(ExplanationJson::members).toList());
        return members;
    }

    private static Map<String, Object> members(RankedUpstream upstream) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", upstream.name());
        members.put("order", upstream.order());
        members.put("destination", upstream.settings().destination());
        return members;
    }
}
