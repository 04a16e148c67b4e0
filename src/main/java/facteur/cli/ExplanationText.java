package facteur.cli;

import facteur.mail.message.Mailbox;
import facteur.platform.idna.DomainName;
import facteur.platform.json.Json;
import facteur.policy.Decision;
import facteur.policy.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An explanation, as text or JSON.
final class ExplanationText {
    private ExplanationText() {}

    static String json(Explanation explained) {
        return Json.of(members(explained));
    }

    private static Map<String, Object> members(Explanation explained) {
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
                members.put("replyToRule", replyToRule);
                members.put("considered", considered(fromRule, replyToRule));
            }
            case Decision.Refuse(var reply) -> members.put("refused", reply);
        }
        explained.departure().ifPresent(departure -> members.putAll(departure.members()));
        members.put("settingsSource", explained.source());
        members.put("settingsVersion", explained.letter().office().version());
        members.put("settingsAge", explained.settingsAge().toSeconds());
        members.put("warnings", explained.warnings());
        return members;
    }

    /// Each row that was considered; the one that matches is last in its table.
    private static List<Map<String, Object>> considered(Rule fromRule, Rule replyToRule) {
        return Stream.of(fromRule, replyToRule)
                .flatMap(rule -> Stream.concat(
                        rule.passedOver().stream().map(other -> member(other, rule)), Stream.of(member(rule, rule))))
                .toList();
    }

    private static Map<String, Object> member(Rule rule, Rule chosen) {
        var row = new LinkedHashMap<String, Object>();
        row.put("rule", rule);
        row.put("fits", rule == chosen);
        row.put("sentence", rule.sentence());
        return row;
    }

    static String text(Explanation explained) {
        var letter = explained.letter();
        var lines = new ArrayList<String>();
        lines.add("office    " + letter.office().id() + ", by " + explained.source() + ", version " + letter.office().version()
                + ", " + explained.settingsAge().toSeconds() + " s old");
        lines.add("context   " + letter.context().map(Object::toString).orElse("none: general"));
        lines.add("relation  " + (explained.relation().isEmpty() ? "none" : explained.relation()));
        lines.add("sender    " + letter.sender().map(Mailbox::toString).orElse("unknown"));
        lines.add("");
        switch (explained.decision()) {
            case Decision.Rewrite(var from, var fromRule, var replyTo, var replyToRule, var fallback) -> {
                lines.add("From      " + from);
                lines.addAll(otherForm(from));
                fallback.ifPresent(why -> lines.add("fallback  " + why));
                lines.addAll(rows(fromRule));
                lines.add("Reply-To  " + String.join(", ", replyTo.stream().map(Mailbox::toString).toList()));
                replyTo.forEach(mailbox -> lines.addAll(otherForm(mailbox)));
                lines.addAll(rows(replyToRule));
            }
            case Decision.Refuse(var reply) -> lines.add("refused   " + reply);
        }
        explained.departure().ifPresent(departure -> {
            lines.add("");
            lines.addAll(departure.lines());
        });
        explained.warnings().forEach(warning -> lines.add("warning   " + warning));
        return String.join("\n", lines);
    }

    /// How an address is written on the wire, or the Unicode form of its domain, when that differs.
    private static List<String> otherForm(Mailbox mailbox) {
        var address = mailbox.address();
        var name = DomainName.unicode(address.asciiDomain());
        if (!address.wire().equals(address.toString())) {
            return List.of("          written as " + address.wire());
        }
        return name.equals(address.asciiDomain()) ? List.of() : List.of("          at " + name);
    }

    private static List<String> rows(Rule rule) {
        return Stream.concat(
                rule.passedOver().stream().map(other -> row("no", other)), Stream.of(row("yes", rule)))
                .toList();
    }

    private static String row(String fits, Rule rule) {
        return "     %-5s%-20s%s".formatted(fits, rule.id(), rule.sentence());
    }
}
