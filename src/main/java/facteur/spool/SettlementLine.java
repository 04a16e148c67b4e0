package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.mail.letter.QueueId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// A [Settlement] as a line of text: fields with tabs between them, the first of them a checksum of the others.
final class SettlementLine {
    /// Of the form below. A line of another is left alone.
    private static final String VERSION = "1";

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private SettlementLine() {}

    /// Ends with a line feed; has no other.
    static String write(Settlement settlement) {
        var fields = new ArrayList<String>();
        fields.add(VERSION);
        fields.add(settlement.id().text());
        fields.add(settlement.lease().owner());
        fields.add(Long.toString(settlement.lease().epoch()));
        fields.add(millis(settlement.at()));
        switch (settlement.step()) {
            case Settlement.Step.Defer(var dueAt) -> fields.addAll(List.of("defer", millis(dueAt)));
            case Settlement.Step.PutOff(var dueAt) -> fields.addAll(List.of("put-off", millis(dueAt)));
            case Settlement.Step.Hold(var reason) -> fields.addAll(List.of("hold", reason));
            case Settlement.Step.End(var endedAt) -> fields.addAll(List.of("end", millis(endedAt)));
            case Settlement.Step.Stay() -> fields.addAll(List.of("stay", ""));
        }
        fields.add(Integer.toString(settlement.changes().size()));
        for (var change : settlement.changes()) {
            fields.add(Integer.toString(change.position()));
            fields.add(change.status().name().toLowerCase(Locale.ROOT));
            fields.add(change.reply());
        }
        fields.add(Integer.toString(settlement.attempts().size()));
        for (var attempt : settlement.attempts()) {
            fields.add(Integer.toString(attempt.number()));
            fields.add(Integer.toString(attempt.position()));
            fields.add(millis(attempt.at()));
            fields.add(attempt.upstream());
            fields.add(attempt.peer());
            fields.add(attempt.stage());
            fields.add(attempt.result().word());
            fields.add(attempt.reply());
        }
        var text = String.join("\t", fields.stream().map(SettlementLine::escaped).toList());
        return checksum(text) + "\t" + text + "\n";
    }

    /// @param line without its line feed
    /// @return empty when it isn't what was written
    static Optional<Settlement> parse(String line) {
        var end = line.indexOf('\t');
        if (end < 0 || !line.substring(0, end).equals(checksum(line.substring(end + 1)))) {
            return Optional.empty();
        }
        var fields = new ArrayDeque<String>();
        for (var field : line.substring(end + 1).split("\t", -1)) {
            fields.add(unescaped(field));
        }
        try {
            return Optional.of(parse(fields)).filter(_ -> fields.isEmpty());
        } catch (RuntimeException other) {
            // A form that this version doesn't know: the sum is right, so it isn't damage.
            return Optional.empty();
        }
    }

    private static Settlement parse(Deque<String> fields) {
        if (!fields.remove().equals(VERSION)) {
            throw new IllegalArgumentException("another version");
        }
        var id = QueueId.parse(fields.remove()).orElseThrow();
        var lease = new Lease(fields.remove(), Long.parseLong(fields.remove()));
        var at = instant(fields.remove());
        var step = step(fields.remove(), fields.remove());
        var changes = new ArrayList<Settlement.Change>();
        for (var left = Integer.parseInt(fields.remove()); left > 0; left--) {
            changes.add(new Settlement.Change(
                    Integer.parseInt(fields.remove()),
                    Recipient.Status.valueOf(fields.remove().toUpperCase(Locale.ROOT)),
                    fields.remove()));
        }
        var attempts = new ArrayList<Attempt>();
        for (var left = Integer.parseInt(fields.remove()); left > 0; left--) {
            attempts.add(new Attempt(
                    Integer.parseInt(fields.remove()),
                    Integer.parseInt(fields.remove()),
                    instant(fields.remove()),
                    fields.remove(),
                    fields.remove(),
                    fields.remove(),
                    Attempt.Result.of(fields.remove()),
                    fields.remove()));
        }
        return new Settlement(id, lease, at, changes, attempts, step);
    }

    private static Settlement.Step step(String word, String argument) {
        return switch (word) {
            case "defer" -> new Settlement.Step.Defer(instant(argument));
            case "put-off" -> new Settlement.Step.PutOff(instant(argument));
            case "hold" -> new Settlement.Step.Hold(argument);
            case "end" -> new Settlement.Step.End(instant(argument));
            case "stay" -> new Settlement.Step.Stay();
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String checksum(String text) {
        var sum = new CRC32C();
        sum.update(text.getBytes(UTF_8));
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> switch (found.group(1)) {
            case "t" -> "\t";
            case "n" -> "\n";
            case "r" -> "\r";
            default -> "\\\\"; // In a replacement: one.
        });
    }
}
