package facteur.journal;

import facteur.platform.log.LetterAddresses;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Counts the events on their way into a journal: `facteur_relayed_total`, and so on for every kind, from zero; and keeps
/// the times of steps. No labels but the upstream's name: what they would name (offices, apps, recipients) is in the
/// journal, and in [OfficeCountingJournal] when asked for. Thread-safe.
public final class CountingJournal implements Journal {
    private final Journal journal;
    private final Map<Class<?>, Counter> counters;
    private final Latencies latencies;
    private final ReturnClasses returns;

    /// @param registry gets a counter for each kind of event
    public CountingJournal(Journal journal, PrometheusRegistry registry) {
        this.journal = journal;
        this.counters = Arrays.stream(MailEvent.class.getPermittedSubclasses())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), kind -> counter(kind, registry)));
        this.latencies = new Latencies(registry);
        this.returns = new ReturnClasses(registry);
    }

    private static Counter counter(Class<?> kind, PrometheusRegistry registry) {
        var name = EventKind.of(kind).name();
        return Counter.builder()
                .name(name(kind))
                .help("Events " + name + " in the journal")
                .withoutExemplars()
                .register(registry);
    }

    static String name(Class<?> kind) {
        return "facteur_" + EventKind.of(kind).name().replace('-', '_') + "_total";
    }

    @Override
    public void record(MailEvent event) {
        record(event, LetterAddresses.NONE);
    }

    @Override
    public void record(MailEvent event, LetterAddresses persons) {
        var counter = counters.get(event.getClass());
        if (counter != null) {
            counter.inc();
        }
        switch (event) {
            case MailEvent.Relayed relayed -> latencies.relayed(relayed.ageMillis());
            case MailEvent.Returned returned -> returns.count(returned.status());
            default -> {} // Counted above.
        }
        journal.record(event, persons);
    }

    @Override
    public void took(Step step, Stopwatch since) {
        latencies.took(step, since);
        journal.took(step, since);
    }

    @Override
    public void tried(String upstream, Stopwatch since) {
        latencies.tried(upstream, since);
        journal.tried(upstream, since);
    }
}
