package facteur.admin;

import facteur.platform.clock.SteadyTime;
import facteur.route.Hop;
import facteur.upstream.Breaker;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/// The state of each upstream. Thread-safe.
public final class UpstreamMeters implements MultiCollector {
    private final Supplier<List<Hop>> hops;
    private final SteadyTime time;

    /// @param hops the current ones, each upstream once
    public UpstreamMeters(Supplier<List<Hop>> hops, SteadyTime time) {
        this.hops = hops;
        this.time = time;
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(
                gauge("up", "1 if the upstream is up, else 0", hop -> OptionalDouble.of(up(hop))),
                gauge("resting", "1 if the upstream has reached a rate cap, else 0", hop -> OptionalDouble.of(resting(hop))),
                gauge("connection_limit", "Current connection limit", UpstreamMeters::connections));
    }

    private GaugeSnapshot gauge(String name, String help, Function<Hop, OptionalDouble> value) {
        var gauge = GaugeSnapshot.builder().name("facteur_upstream_" + name).help(help);
        hops.get().forEach(hop -> value.apply(hop).ifPresent(number -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("upstream", hop.name()))
                .value(number)
                .build())));
        return gauge.build();
    }

    private static double up(Hop hop) {
        return switch (hop.breaker().condition()) {
            case Breaker.Condition.Up() -> 1;
            case Breaker.Condition.Down ignored -> 0;
        };
    }

    private double resting(Hop hop) {
        return hop.upstream().restsUntil().filter(until -> until.isAfter(time.instant())).isPresent() ? 1 : 0;
    }

    private static OptionalDouble connections(Hop hop) {
        var limit = hop.upstream().connectionLimit();
        return limit.isPresent() ? OptionalDouble.of(limit.getAsInt()) : OptionalDouble.empty();
    }
}
