package facteur.journal;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// One event of every kind.
final class Events {
    private Events() {}

    /// @param text what stands in each field, by its trait
    static Stream<MailEvent> every(Function<EventKind.Trait, String> text) {
        return Arrays.stream(MailEvent.class.getPermittedSubclasses()).map(kind -> event(kind, text));
    }

    private static MailEvent event(Class<?> kind, Function<EventKind.Trait, String> text) {
        var components = kind.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(components).map(component -> value(component, text)).toArray();
        try {
            return (MailEvent) kind.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("every kind is a record", e);
        }
    }

    private static Object value(RecordComponent component, Function<EventKind.Trait, String> text) {
        var own = text.apply(EventKind.Field.of(component).trait());
        return switch (component.getType().getSimpleName()) {
            case "String" -> own;
            case "List" -> List.of(own, own);
            case "Instant" -> Instant.EPOCH;
            case "int" -> 1;
            case "long" -> 2L;
            default -> throw new AssertionError("how is it written? " + component);
        };
    }
}
