package facteur.journal;

/// Takes note of events. Thread-safe; never blocks for long, never throws.
@FunctionalInterface
public interface Journal {
    void record(MailEvent event);
}
