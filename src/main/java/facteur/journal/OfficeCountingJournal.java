package facteur.journal;

import facteur.platform.log.LetterAddresses;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what became of letters for each office, on the way into a journal. However many offices there are, the labels are
/// bounded: those that come first have their own, all others share one. Thread-safe.
final class OfficeCountingJournal implements Journal {
    static final int MOST = 1000;
    /// No office has such an id.
    static final String OTHERS = "*";

    private record Labels(String office, String event) {}

    private final Journal journal;
    private final Counter counter;
    private final Set<String> offices = ConcurrentHashMap.newKeySet();
    private final Map<Labels, CounterDataPoint> counts = new ConcurrentHashMap<>();

    OfficeCountingJournal(Journal journal, PrometheusRegistry registry) {
        this.journal = journal;
        this.counter = Counter.builder()
                .name("facteur_office_events_total")
                .help("Events in the journal, of each office")
                .labelNames("office", "event")
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void record(MailEvent event) {
        record(event, LetterAddresses.NONE);
    }

    @Override
    public void record(MailEvent event, LetterAddresses persons) {
        switch (event) {
            case MailEvent.Accepted accepted -> count(accepted.office(), event);
            case MailEvent.Duplicate duplicate -> count(duplicate.office(), event);
            case MailEvent.Relayed relayed -> count(relayed.office(), event);
            case MailEvent.Deferred deferred -> count(deferred.office(), event);
            case MailEvent.InDoubt inDoubt -> count(inDoubt.office(), event);
            case MailEvent.Failed failed -> count(failed.office(), event);
            case MailEvent.Returned returned -> count(returned.office(), event);
            case MailEvent.KnownBad bad -> count(bad.office(), event);
            case MailEvent.FromFallback fallback -> count(fallback.office(), event);
            case MailEvent.Unclear unclear when !unclear.office().isEmpty() -> count(unclear.office(), event);
            case MailEvent.Warned warned -> count(warned.office(), event);
            default -> {} // Of no office, or too seldom to count.
        }
        journal.record(event, persons);
    }

    private void count(String office, MailEvent event) {
        var labels = new Labels(label(office), EventKind.of(event.getClass()).name());
        counts.computeIfAbsent(labels, each -> counter.labelValues(each.office(), each.event())).inc();
    }

    private String label(String office) {
        if (offices.contains(office)) {
            return office;
        }
        synchronized (offices) {
            return offices.size() < MOST && offices.add(office) || offices.contains(office) ? office : OTHERS;
        }
    }

    @Override
    public void took(Step step, Stopwatch since) {
        journal.took(step, since);
    }

    @Override
    public void tried(String upstream, Stopwatch since) {
        journal.tried(upstream, since);
    }
}
