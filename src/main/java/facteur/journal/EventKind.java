package facteur.journal;

import facteur.platform.log.LineFormat;
import facteur.platform.log.Personal;
import facteur.platform.log.Quoted;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// What a kind of event is called, and what its fields are: the words of a record of [MailEvent], in kebab case. Immutable.
///
/// @param name such as `in-doubt`
/// @param fields in order
record EventKind(String name, List<Field> fields) {
    private static final Pattern HUMP = Pattern.compile("(?<=.)(?=\\p{Upper})");

    private static final ClassValue<EventKind> KINDS = new ClassValue<>() {
        @Override
        protected EventKind computeValue(Class<?> kind) {
            return new EventKind(kebab(kind.getSimpleName()), Arrays.stream(kind.getRecordComponents()).map(Field::of).toList());
        }
    };

    /// How much a field may give away.
    enum Trait {
        OWN,
        OF_PERSON,
        OF_OTHERS
    }

    /// @param key such as `due-at`
    record Field(String key, Trait trait, Method accessor) {
        static Field of(RecordComponent component) {
            var trait = component.isAnnotationPresent(PersonalAddress.class) ? Trait.OF_PERSON
                    : component.isAnnotationPresent(ForeignText.class) ? Trait.OF_OTHERS
                    : Trait.OWN;
            return new Field(kebab(component.getName()), trait, component.getAccessor());
        }

        /// A text, a number, or a collection of texts.
        Object value(MailEvent event) {
            try {
                return accessor.invoke(event);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new LinkageError("records of this package can be read", e);
            }
        }

        /// A value of it, each text marked by the field's trait.
        Object forVeil(Object value) {
            return value instanceof Collection<?> values ? values.stream().map(this::marked).toList() : marked(value);
        }

        private Object marked(Object value) {
            return switch (trait) {
                case OWN -> value;
                case OF_PERSON -> new Personal(value.toString());
                case OF_OTHERS -> new Quoted(value.toString());
            };
        }
    }

    static EventKind of(Class<?> kind) {
        return KINDS.get(kind);
    }

    /// Hands out an event's fields, in order.
    static void forEach(MailEvent event, BiConsumer<String, Object> fields) {
        of(event.getClass()).fields().forEach(field -> fields.accept(field.key(), field.forVeil(field.value(event))));
    }

    /// An event on one line, with everything it holds: `event=relayed id=… recipient=…`.
    static String text(MailEvent event) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event", of(event.getClass()).name());
        forEach(event, fields::put);
        return LineFormat.LOGFMT.write(fields);
    }

    private static String kebab(String name) {
        return HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
