package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MetersTest {
    private final RecordingJournal journal = new RecordingJournal();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Meters meters = new Meters(journal, registry);

    @Test
    void everyKindOfEventHasItsCounterFromTheStart() {
        var names = Arrays.stream(MailEvent.class.getPermittedSubclasses()).map(Meters::name).toList();
        assertThat(names).contains("facteur_relayed_total", "facteur_in_doubt_total", "facteur_settings_trouble_total");
        assertThat(counts().keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(counts().values()).containsOnly(0.0);
    }

    @Test
    void countsEachEventOnceAndPassesItOn() {
        var events = Events.every(Enum::name).toList();
        events.forEach(meters::record);
        assertThat(counts().values()).containsOnly(1.0);
        assertThat(journal.events()).isEqualTo(events);
        meters.record(new MailEvent.SpoolTrouble("again"));
        assertThat(counts()).containsEntry("facteur_spool_trouble_total", 2.0).containsEntry("facteur_held_total", 1.0);
    }

    private Map<String, Double> counts() {
        return registry.scrape().stream()
                .map(CounterSnapshot.class::cast)
                .collect(Collectors.toMap(
                        counter -> counter.getMetadata().getName() + "_total",
                        counter -> counter.getDataPoints().getFirst().getValue()));
    }
}
