package facteur.platform.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/// Watches the events of a parser on their way to the composer: stops at the [Limits], reports tags. One thread.
///
/// The composer calls itself for every list or mapping inside another, so the depth must be bounded before it; the
/// parser below keeps its own stack and can't overflow ours.
final class BoundedParser implements Parser {
    private static final String STANDARD_TAG = "tag:yaml.org,2002:";

    private final Parser parser;
    private final Limits limits;
    private final Origin origin;
    private int depth;
    private int values;
    private int line = 1;

    BoundedParser(Parser parser, Limits limits, Origin origin) {
        this.parser = parser;
        this.limits = limits;
        this.origin = origin;
    }

    static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    /// Of the last event.
    int line() {
        return line;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        line = event.getStartMark().map(BoundedParser::line).orElse(line);
        switch (event) {
            case CollectionStartEvent start -> {
                count(event);
                reportTag(start.getTag());
                if (++depth > limits.depth()) {
                    throw new ParserException(
                            "lists and mappings are nested deeper than " + limits.depth(), event.getStartMark());
                }
            }
            case CollectionEndEvent _ -> depth--;
            case ScalarEvent scalar -> {
                count(event);
                reportTag(scalar.getTag());
            }
            case AliasEvent _ -> count(event);
            default -> {}
        }
        return event;
    }

    private void count(Event event) {
        if (++values > limits.values()) {
            throw new ParserException("the file holds more than " + limits.values() + " values", event.getStartMark());
        }
    }

    private void reportTag(Optional<String> tag) {
        tag.ifPresent(name -> {
            String written = name.startsWith(STANDARD_TAG) ? "!!" + name.substring(STANDARD_TAG.length()) : name;
            origin.unreadable(line, "tags are not allowed: " + written);
        });
    }
}
