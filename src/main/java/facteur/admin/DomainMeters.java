package facteur.admin;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.function.Supplier;

/// The number of claims on domains in each state. Thread-safe.
public final class DomainMeters implements Collector {
    private final Supplier<Map<String, Long>> counts;

    /// @param counts by the states' words
    public DomainMeters(Supplier<Map<String, Long>> counts) {
        this.counts = counts;
    }

    @Override
    public MetricSnapshot collect() {
        var gauge = GaugeSnapshot.builder().name("facteur_domains").help("Domains that offices have claimed, by state");
        counts.get().forEach((state, count) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("state", state))
                .value((double) count)
                .build()));
        return gauge.build();
    }
}
