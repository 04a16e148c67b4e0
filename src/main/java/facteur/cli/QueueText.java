package facteur.cli;

import facteur.explain.LetterJson;
import facteur.mail.letter.Provenance;
import facteur.spool.Attempt;
import facteur.spool.LetterHistory;
import facteur.spool.QueueCount;
import facteur.spool.QueueLine;
import facteur.spool.QueueStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The queue for a person at a terminal. Foreign text is printed without control characters, which could overwrite
/// ours. Immutable.
final class QueueText {
    private static final String FORM = "%-16s  %-8s  %4s  %5s  %3s  %6s  %-12s  %s";

    static final String HEADING =
            FORM.formatted("id", "state", "age", "due", "try", "size", "office", "reverse-path -> recipient: last reply");

    private final Instant now;

    QueueText(Instant now) {
        this.now = now;
    }

    String line(QueueLine line) {
        var others = line.waiting() > 1 ? " +" + (line.waiting() - 1) : "";
        var last = line.standing() == QueueStatus.HOLD ? line.holdReason() : line.lastReply();
        return printable(FORM.formatted(
                line.id(),
                line.standing().word(),
                age(line.acceptedAt()),
                due(line),
                line.attempts(),
                size(line.sizeBytes()),
                line.office(),
                line.reversePath() + " -> " + line.recipient() + others + (last.isEmpty() ? "" : ": " + last)));
    }

    private String due(QueueLine line) {
        return switch (line.standing()) {
            case ACTIVE -> line.holdReason().isEmpty() ? "-" : "hold";
            case HOLD -> "-";
            case DEFERRED -> line.dueAt().isAfter(now) ? length(Duration.between(now, line.dueAt())) : "now";
        };
    }

    String summary(List<QueueCount> counts) {
        if (counts.isEmpty()) {
            return "the queue is empty";
        }
        var oldest = counts.stream().map(QueueCount::oldestAt).min(Comparator.naturalOrder()).orElse(now);
        return counts.stream()
                .map(count -> count.letters() + " " + count.standing().word())
                .collect(Collectors.joining(", ", "in the queue: ", "; the oldest since " + oldest));
    }

    String life(LetterHistory life) {
        var lines = new ArrayList<String>();
        lines.add(row("id", life.id()));
        lines.add(row("state", state(life)));
        life.place().filter(place -> place.standing() == QueueStatus.ACTIVE)
                .ifPresent(place -> lines.add(row("lease", place.leaseOwner() + ", number " + place.leaseEpoch())));
        lines.add(row("accepted", life.acceptedAt() + ", " + age(life.acceptedAt()) + " ago"));
        lines.add(row("size", life.sizeBytes() + " octets, " + life.bodyType()));
        var why = life.provenance();
        life.answers().ifPresent(answered -> lines.add(row("answers", answered + ", as a " + why.kind().text())));
        if (why.kind() == Provenance.Kind.APP) {
            lines.add(row("app", orElse(why.app().text(), "none: the relay's own letter")));
        }
        var version = why.decision().settingsVersion();
        lines.add(row("office", orElse(why.office().text(), "none") + (version.isEmpty() ? "" : ", settings version " + version)));
        lines.add(row("context", orElse(why.context().text(), "none: general")));
        lines.add(row("relation", orElse(why.relation().text(), "none") + cardVersion(life)));
        if (DecisionText.isOfApp(life)) {
            lines.add(row("sender", orElse(why.sender().text(), "unknown")));
        }
        if (!why.trace().isEmpty()) {
            lines.add(row("traceparent", why.trace().text()));
        }
        lines.add(row("message-id", orElse(life.named().messageId(), "not known")));
        if (!life.named().subject().isEmpty()) {
            lines.add(row("Subject", life.named().subject()));
        }
        DecisionText.rows(life).forEach(decided -> {
            lines.add(row(decided.name(), decided.value()));
            rule(decided.rule()).ifPresent(lines::add);
        });
        lines.add(row("reverse-path", switch (why.kind()) {
            case APP, REPLY -> life.originalReversePath() + ", leaves with " + life.reversePath();
            case RETURN -> life.originalReversePath();
        }));
        if (!life.envelopeId().isEmpty() || !life.returnContent().isEmpty()) {
            lines.add(row("reports", ("RET=" + life.returnContent() + " ENVID=" + life.envelopeId()).strip()));
        }
        lines.add("");
        lines.add("recipients");
        life.recipients().forEach(recipient -> lines.add("  " + recipient(recipient)));
        lines.add("");
        lines.add(life.attempts().isEmpty() ? "no attempts" : "attempts");
        life.attempts().forEach(attempt -> lines.add("  %d  %s  %s  %s  %s  %s: %s".formatted(
                attempt.number(), attempt.at(), attempt.upstream(), LetterJson.recipient(attempt, life),
                attempt.result().word(), stage(attempt), attempt.reply())));
        if (!life.returns().isEmpty()) {
            lines.add("");
            lines.add("came back");
            life.returns().forEach(found -> lines.addAll(cameBack(found)));
        }
        life.header().ifPresent(header -> {
            lines.add("");
            lines.add("header");
            header.lines().forEach(line -> lines.add("  " + line));
        });
        return lines.stream().map(QueueText::printable).collect(Collectors.joining("\n"));
    }

    private static Optional<String> rule(Provenance.RuleId rule) {
        return rule.isEmpty() ? Optional.empty() : Optional.of(row("", "%-20s%s".formatted(rule.text(), LetterJson.sentence(rule.text()))));
    }

    private static List<String> cameBack(LetterHistory.OfReturn found) {
        var lines = new ArrayList<String>();
        lines.add("  %s  %s  %s from %s".formatted(found.id(), found.at(), found.kind(), found.sender()));
        found.statuses().forEach(status -> lines.add("    " + status(found, status)));
        if (!found.isReport()) {
            found.text().lines().forEach(line -> lines.add("    | " + line));
        }
        return lines;
    }

    /// What a host said of a recipient, in its own words.
    static String status(LetterHistory.OfReturn found, LetterHistory.OfStatus status) {
        var said = status.diagnostic().isEmpty() ? found.excerpt(status).orElse("") : status.diagnostic();
        return "%s%s  %s %s%s%s".formatted(
                status.address(),
                status.isKnown() ? "" : " (no recipient)",
                status.action(),
                status.status(),
                status.host().isEmpty() ? "" : " by " + status.host(),
                said.isEmpty() ? "" : ": " + said)
                .stripTrailing();
    }

    /// Nothing where no card was needed, or its source counts none.
    static String cardVersion(LetterHistory life) {
        var version = life.provenance().decision().cardVersion();
        return version.isEmpty() ? "" : ", card version " + version;
    }

    /// Its state, in a few words.
    String state(LetterHistory life) {
        if (life.place().isEmpty()) {
            return "ended" + life.endedAt().map(at -> " " + at).orElse("");
        }
        var place = life.place().get();
        var tried = ", " + place.attempts() + (place.attempts() == 1 ? " attempt before" : " attempts before");
        return place.standing().word()
                + switch (place.standing()) {
                    case ACTIVE -> place.holdReason().isEmpty() ? tried : tried + "; goes on hold if it is not relayed: " + place.holdReason();
                    case DEFERRED -> ", due " + place.dueAt() + tried;
                    case HOLD -> ": " + place.holdReason() + tried;
                };
    }

    static String stage(Attempt attempt) {
        return attempt.stage() + (attempt.peer().isEmpty() ? "" : " by " + attempt.peer());
    }

    private static String recipient(LetterHistory.OfRecipient recipient) {
        var asked = recipient.reports().isEmpty() ? "" : "  NOTIFY=" + recipient.reports();
        var original = recipient.originalRecipient().isEmpty() ? "" : "  ORCPT=" + recipient.originalRecipient();
        var last = Optional.of(recipient.lastReply()).filter(reply -> !reply.isEmpty()).map(reply -> ": " + reply).orElse("");
        return recipient.address() + asked + original + "  " + recipient.status()
                + recipient.lastAt().map(at -> " " + at).orElse("") + last;
    }

    private static String row(String name, String value) {
        return "%-14s%s".formatted(name, value);
    }

    private static String orElse(String text, String none) {
        return text.isEmpty() ? none : text;
    }

    private String age(Instant since) {
        return length(Duration.between(since, now));
    }

    /// In the largest unit of which there are at least two: `90m`, `47h`, `5d`.
    static String length(Duration duration) {
        var seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + "m";
        }
        return seconds < 172_800 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + "B";
        }
        return bytes < 10_240_000 ? bytes / 1024 + "KB" : bytes / 1_048_576 + "MB";
    }

    static String printable(String text) {
        return text.codePoints()
                .map(character -> switch (Character.getType(character)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                        character == '\t' ? ' ' : '?';
                    default -> character;
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
