package facteur.journal;

import facteur.platform.log.Fields;
import facteur.platform.log.LetterAddresses;

/// An event for the log: `event`, which is its [EventKind], then the fields of that; and the letter's addresses, if any. Immutable.
final class EventFields extends Fields {
    private final EventKind kind;
    private final MailEvent event;
    private final LetterAddresses persons;

    EventFields(MailEvent event, LetterAddresses persons) {
        this.kind = EventKind.of(event.getClass());
        this.event = event;
        this.persons = persons;
    }

    @Override
    public int size() {
        return 1 + kind.fields().size() + (persons == LetterAddresses.NONE ? 0 : 1);
    }

    @Override
    protected String key(int index) {
        if (index == 0) {
            return "event";
        }
        return index > kind.fields().size() ? "persons" : kind.fields().get(index - 1).key();
    }

    @Override
    protected Object value(int index) {
        if (index == 0) {
            return kind.name();
        }
        return index > kind.fields().size() ? persons : kind.fields().get(index - 1).value(event);
    }

    @Override
    protected Object forVeil(int index) {
        return index == 0 || index > kind.fields().size() ? value(index) : kind.fields().get(index - 1).forVeil(event);
    }
}
