package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.mail.letter.QueueId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// A [Settlement] as a line of text: fields with tabs between them, the first of them a checksum of the others.
final class SettlementLine {
    /// Of the form below. A line of another is left alone.
    private static final String VERSION = "1";

    private static final char TAB = '\t';
    private static final int CHECKSUM_DIGITS = 8;
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private SettlementLine() {}

    /// Ends with a line feed; has no other.
    static String write(Settlement settlement) {
        var line = new StringBuilder(256);
        add(line.append(VERSION), settlement.id().text());
        add(line, settlement.lease().owner());
        add(line, settlement.lease().epoch());
        add(line, settlement.at());
        switch (settlement.step()) {
            case Settlement.Step.Defer(var dueAt) -> add(add(line, "defer"), dueAt);
            case Settlement.Step.PutOff(var dueAt) -> add(add(line, "put-off"), dueAt);
            case Settlement.Step.Hold(var reason) -> add(add(line, "hold"), reason);
            case Settlement.Step.End(var endedAt) -> add(add(line, "end"), endedAt);
            case Settlement.Step.Stay() -> add(add(line, "stay"), "");
        }
        add(line, settlement.changes().size());
        for (var change : settlement.changes()) {
            add(line, change.position());
            add(line, change.status().name().toLowerCase(Locale.ROOT));
            add(line, change.reply());
        }
        add(line, settlement.attempts().size());
        for (var attempt : settlement.attempts()) {
            add(line, attempt.number());
            add(line, attempt.position());
            add(line, attempt.at());
            add(line, attempt.upstream());
            add(line, attempt.peer());
            add(line, attempt.stage());
            add(line, attempt.result().word());
            add(line, attempt.reply());
        }
        return line.insert(0, checksum(line.toString()) + TAB).append('\n').toString();
    }

    private static StringBuilder add(StringBuilder line, long number) {
        return line.append(TAB).append(number);
    }

    private static StringBuilder add(StringBuilder line, Instant instant) {
        return add(line, instant.toEpochMilli());
    }

    private static StringBuilder add(StringBuilder line, String text) {
        line.append(TAB);
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            switch (character) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(character);
            }
        }
        return line;
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

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String checksum(String text) {
        var sum = new CRC32C();
        sum.update(text.getBytes(UTF_8));
        return HexFormat.of().toHexDigits(sum.getValue(), CHECKSUM_DIGITS);
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
