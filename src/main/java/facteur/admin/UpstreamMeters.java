package facteur.admin;

import facteur.upstream.Upstream;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Supplier;

/// How many connections each upstream has at most for now; no sample for one without. Thread-safe.
public final class UpstreamMeters implements Collector {
    private final Supplier<List<Upstream>> upstreams;

    /// @param upstreams as they are in force
    public UpstreamMeters(Supplier<List<Upstream>> upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public MetricSnapshot collect() {
        var gauge = GaugeSnapshot.builder()
                .name("facteur_upstream_connection_limit")
                .help("Connections that an upstream has at most for now");
        upstreams.get().forEach(upstream -> upstream.connectionLimit().ifPresent(limit -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("upstream", upstream.name()))
                        .value(limit)
                        .build())));
        return gauge.build();
    }
}
