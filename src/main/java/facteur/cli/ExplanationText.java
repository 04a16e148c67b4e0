package facteur.cli;

import facteur.explain.Explanation;
import facteur.explain.ExplanationJson;
import facteur.mail.message.Mailbox;
import facteur.platform.idna.DomainName;
import facteur.platform.json.Json;
import facteur.policy.Decision;
import facteur.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An explanation, as text or JSON.
final class ExplanationText {
    private ExplanationText() {}

    static String json(Explanation explained) {
        return Json.of(ExplanationJson.members(explained));
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
                explained.replyAddress().ifPresent(address -> {
                    lines.add("          written as " + address.written() + ":");
                    lines.add("          a reply is relayed to those who answer when it arrives");
                });
                lines.addAll(rows(replyToRule));
            }
            case Decision.Refuse(var reply) -> lines.add("refused   " + reply);
        }
        explained.departure().ifPresent(departure -> {
            lines.add("");
            lines.addAll(DepartureText.lines(departure));
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
