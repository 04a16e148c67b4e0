package facteur.cli;

import facteur.mail.letter.Provenance;
import facteur.spool.LetterHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whom a letter is from, whom replies to it go to, and by which rules: of an app's letter. Of one that came in answer to it, whom it
/// goes to. No rule decided about the relay's own letters, nor about what came back and was read.
final class DecisionText {
    private static final String UNKNOWN = "not known";

    /// @param rule may be empty
    record Row(String name, String value, Provenance.RuleId rule) {}

    private DecisionText() {}

    static List<Row> rows(LetterHistory life) {
        var named = life.named();
        var decision = life.provenance().decision();
        var rows = new ArrayList<Row>();
        rows.add(new Row(
                "From",
                named.from().isEmpty() ? UNKNOWN : named.from(),
                isOfApp(life) ? decision.from() : Provenance.RuleId.NONE));
        if (isOfApp(life) || !named.replyTo().isEmpty()) {
            rows.add(new Row(
                    "Reply-To",
                    named.replyTo().isEmpty() ? UNKNOWN : named.replyTo(),
                    isOfApp(life) ? decision.replyTo() : Provenance.RuleId.NONE));
        }
        if (life.provenance().kind() == Provenance.Kind.REPLY) {
            rows.add(new Row("goes to", recipients(life), decision.replyTo()));
        }
        return rows;
    }

    static boolean isOfApp(LetterHistory life) {
        return life.provenance().kind() == Provenance.Kind.APP && !life.provenance().app().isEmpty();
    }

    static String recipients(LetterHistory life) {
        return life.recipients().stream().map(LetterHistory.OfRecipient::address).collect(Collectors.joining(", "));
    }
}
