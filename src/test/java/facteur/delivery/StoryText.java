package facteur.delivery;

import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Reply;
import facteur.spool.QueueState;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes down a [Story]: each event on a line, with the time since its start. Queue ids become `L1`, `L2` in the order in
/// which they appear.
final class StoryText {
    private static final Pattern ID = Pattern.compile("\\b01[0-9a-z]{14}\\b");
    private static final Pattern HUMP = Pattern.compile("(?<=.)(?=\\p{Upper})");

    private final TestTime time;
    private final StringBuilder lines = new StringBuilder();
    private final Map<String, String> names = new LinkedHashMap<>();
    private int events;

    StoryText(TestTime time) {
        this.time = time;
    }

    void add(String line) {
        lines.append(line).append('\n');
    }

    int events() {
        return events;
    }

    void event(MailEvent event) {
        events++;
        var fields = Stream.of(event.getClass().getRecordComponents())
                .map(component -> field(event, component))
                .filter(field -> !field.endsWith("=") && !field.endsWith("=[]"))
                .collect(Collectors.joining(" "));
        entry(kebab(event.getClass().getSimpleName()) + " " + fields);
    }

    private static String field(MailEvent event, RecordComponent component) {
        try {
            var value = component.getAccessor().invoke(event);
            return kebab(component.getName()) + "=" + (value instanceof Instant at ? since(at) : value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a component of " + event.getClass() + " has no accessor", e);
        }
    }

    void reply(Reply reply) {
        entry("reply " + reply);
    }

    void queue(QueueId id, String state) {
        entry("queue " + id + " " + state);
    }

    String state(QueueState state) {
        return switch (state) {
            case QueueState.Active _ -> "active";
            case QueueState.Deferred(var dueAt) -> "deferred until " + since(dueAt);
            case QueueState.Held(var reason) -> "hold: " + reason;
            case QueueState.Ended _ -> "ended";
        };
    }

    /// The letter that is called so.
    QueueId id(String name) {
        return names.entrySet().stream()
                .filter(each -> each.getValue().equals(name))
                .map(each -> new QueueId(each.getKey()))
                .findFirst()
                .orElseThrow();
    }

    private void entry(String line) {
        var named = ID.matcher(line).replaceAll(found -> names.computeIfAbsent(found.group(), _ -> "L" + (names.size() + 1)));
        add("  %-8s %s".formatted(since(time.instant()), named));
    }

    /// `1h1m`.
    private static String since(Instant at) {
        return Duration.between(TestTime.START, at).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String kebab(String camel) {
        return HUMP.matcher(camel).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
