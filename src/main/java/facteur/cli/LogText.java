package facteur.cli;

import facteur.act.Act;
import facteur.explain.LetterJson;
import facteur.spool.LetterHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A letter's history for a person at a terminal, in order of time: accepted, decided, each attempt, its state.
/// Immutable.
final class LogText {
    private static final String FORM = "  %-24s  %-10s  %s";

    private final QueueText queue;

    LogText(Instant now) {
        queue = new QueueText(now);
    }

    String life(LetterHistory life) {
        var lines = new ArrayList<>(List.of(life.id()));
        var why = life.provenance();
        lines.add(FORM.formatted(life.acceptedAt(), "accepted", origin(life) + " for " + orElse(why.office().text(), "no office") + ", "
                + life.sizeBytes() + " octets, " + life.originalReversePath() + " to " + DecisionText.recipients(life)));
        if (!why.trace().isEmpty()) {
            lines.add(FORM.formatted("", "trace", why.trace().text()));
        }
        var version = why.decision().settingsVersion();
        lines.add(FORM.formatted("", "about", "context " + orElse(why.context().text(), "none") + ", relation "
                + orElse(why.relation().text(), "none")
                + (DecisionText.isOfApp(life) ? ", sender " + orElse(why.sender().text(), "unknown") : "")
                + (version.isEmpty() ? "" : ", settings version " + version) + QueueText.cardVersion(life)));
        var named = life.named();
        lines.add(FORM.formatted("", "message-id", orElse(named.messageId(), "not known")));
        DecisionText.rows(life).forEach(decided -> {
            lines.add(FORM.formatted("", decided.name(), decided.value()));
            if (!decided.rule().isEmpty()) {
                lines.add(FORM.formatted("", "", rule(decided.rule().text())));
            }
        });
        life.attempts().forEach(attempt -> lines.add(FORM.formatted(
                attempt.at(), "attempt " + attempt.number(), attempt.result().word() + " by " + attempt.upstream() + " for "
                        + LetterJson.recipient(attempt, life) + ", " + QueueText.stage(attempt) + ": " + attempt.reply())));
        lines.add(FORM.formatted(
                life.endedAt().map(Instant::toString).orElse(""),
                life.place().isEmpty() ? "ended" : "now",
                life.place().isEmpty() ? ends(life) : queue.state(life)));
        life.returns().forEach(found -> {
            lines.add(FORM.formatted(found.at(), "came back", found.kind() + " " + found.id() + " from " + found.sender()));
            found.statuses().forEach(status -> lines.add(FORM.formatted("", "", QueueText.status(found, status))));
        });
        return lines.stream().map(QueueText::printable).map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static String origin(LetterHistory life) {
        var kind = life.provenance().kind();
        return switch (kind) {
            case APP -> DecisionText.isOfApp(life) ? "by app " + life.provenance().app() : "as the relay's own letter";
            case RETURN, REPLY -> "as a " + kind.text() + " to " + life.answers().orElse("a letter that is forgotten");
        };
    }

    /// One line: when, who, what.
    static String act(Act act) {
        var ids = String.join(" ", act.ids()) + (act.letters() > act.ids().size() ? " …" : "");
        var letters = act.letters() == 0 ? "" : ": " + act.letters() + (act.letters() == 1 ? " letter, " : " letters, ") + ids;
        return QueueText.printable("%-24s  %s  %s%s".formatted(act.at(), act.operator(), act.command(), letters));
    }

    private static String ends(LetterHistory life) {
        return life.recipients().stream()
                .map(recipient -> recipient.address() + " " + recipient.status())
                .collect(Collectors.joining(", "));
    }

    private static String rule(String id) {
        var sentence = LetterJson.sentence(id);
        return sentence.isEmpty() ? id : id + ": " + sentence;
    }

    private static String orElse(String text, String none) {
        return text.isEmpty() ? none : text;
    }
}
