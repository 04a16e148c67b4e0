package facteur.journal;

import facteur.platform.log.Fields;
import facteur.platform.log.LetterAddresses;

/// An event for the log: `event`, which is its [EventKind], then the fields of that; and the letter's addresses, if any. Immutable.
final class EventFields extends Fields {
    private final EventKind kind;
    private final Object[] values;
    private final LetterAddresses persons;

    EventFields(MailEvent event, LetterAddresses persons) {
        this.kind = EventKind.of(event.getClass());
        this.values = EventValues.of(event);
        this.persons = persons;
    }

    @Override
    public int size() {
        return 1 + values.length + (persons == LetterAddresses.NONE ? 0 : 1);
    }

    @Override
    protected String key(int index) {
        if (index == 0) {
            return "event";
        }
        return index > values.length ? "persons" : kind.fields().get(index - 1).key();
    }

    @Override
    protected Object value(int index) {
        if (index == 0) {
            return kind.name();
        }
        return index > values.length ? persons : values[index - 1];
    }

    @Override
    protected Object forVeil(int index) {
        var value = value(index);
        return index == 0 || index > values.length ? value : kind.fields().get(index - 1).forVeil(value);
    }
}
