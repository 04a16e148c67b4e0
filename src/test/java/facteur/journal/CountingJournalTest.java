package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CountingJournalTest {
    private final RecordingJournal journal = new RecordingJournal();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final CountingJournal meters = new CountingJournal(journal, registry);

    @Test
    void everyKindOfEventHasItsCounterFromTheStart() {
        var names = Arrays.stream(MailEvent.class.getPermittedSubclasses()).map(CountingJournal::name).toList();
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

    @Test
    void keepsTheTimesOfSteps() {
        meters.took(Step.COMMIT, Stopwatch.start());
        meters.took(Step.COMMIT, Stopwatch.start());
        meters.tried("smarthost", Stopwatch.start());
        meters.record(new MailEvent.Relayed("one", "dupont", "a@b.example", "smarthost", "", "", "250 ok", 3_000));
        var times = registry.scrape().stream()
                .filter(HistogramSnapshot.class::isInstance)
                .map(HistogramSnapshot.class::cast)
                .collect(Collectors.toMap(histogram -> histogram.getMetadata().getName(), HistogramSnapshot::getDataPoints));
        assertThat(times.keySet()).containsExactlyInAnyOrder("facteur_accept_seconds", "facteur_decision_seconds",
                "facteur_commit_seconds", "facteur_relay_seconds", "facteur_end_to_end_seconds");
        assertThat(times.get("facteur_commit_seconds")).singleElement().satisfies(commits -> assertThat(commits.getCount()).isEqualTo(2));
        assertThat(times.get("facteur_accept_seconds")).singleElement().satisfies(none -> assertThat(none.getCount()).isZero());
        assertThat(times.get("facteur_relay_seconds")).singleElement()
                .satisfies(relay -> assertThat(relay.getLabels().get("upstream")).isEqualTo("smarthost"));
        assertThat(times.get("facteur_end_to_end_seconds")).singleElement().satisfies(life -> assertThat(life.getSum()).isEqualTo(3.0));
    }

    /// Twice as many offices as have a label of their own.
    @Test
    void officesAreBounded() {
        var offices = new OfficeCountingJournal(journal, registry);
        for (var i = 0; i < 2 * OfficeCountingJournal.MOST; i++) {
            offices.record(new MailEvent.Warned("id", "office" + i, "x"));
            offices.record(new MailEvent.Failed("id", "office" + i, "a@b.example", "smarthost", "rcpt", "550"));
        }
        var points = registry.scrape(name -> name.startsWith("facteur_office_events")).stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .map(CounterDataPointSnapshot.class::cast)
                .toList();
        assertThat(points).hasSize(2 * (OfficeCountingJournal.MOST + 1));
        assertThat(points).filteredOn(point -> OfficeCountingJournal.OTHERS.equals(point.getLabels().get("office")))
                .hasSize(2).allMatch(point -> point.getValue() == OfficeCountingJournal.MOST);
        assertThat(journal.events()).hasSize(4 * OfficeCountingJournal.MOST);
    }

    /// Of all but what has labels.
    private Map<String, Double> counts() {
        return registry.scrape(name -> !name.startsWith("facteur_returns")).stream()
                .filter(CounterSnapshot.class::isInstance)
                .map(CounterSnapshot.class::cast)
                .collect(Collectors.toMap(
                        counter -> counter.getMetadata().getName() + "_total",
                        counter -> counter.getDataPoints().getFirst().getValue()));
    }
}
