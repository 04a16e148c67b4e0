package facteur.journal;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long the steps of letters take: a histogram each, in seconds. Thread-safe; an observation allocates nothing.
final class Latencies {
    private static final double[] MOMENTS = {
        0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120
    };
    private static final double[] ATTEMPTS = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600};
    /// Up to the five days after which a letter is given back.
    private static final double[] LIVES = {0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 432_000};

    private static final double MILLIS = 1e3;

    private final Map<Step, DistributionDataPoint> steps = new EnumMap<>(Step.class);
    private final Histogram relay;
    private final Map<String, DistributionDataPoint> upstreams = new ConcurrentHashMap<>();
    private final DistributionDataPoint endToEnd;

    Latencies(PrometheusRegistry registry) {
        for (var step : Step.values()) {
            var name = step.name().toLowerCase(Locale.ROOT);
            steps.put(step, histogram(name, step.help(), MOMENTS).register(registry));
        }
        relay = histogram("relay", "Time of an attempt at an upstream, waiting for a connection included", ATTEMPTS)
                .labelNames("upstream")
                .register(registry);
        endToEnd = histogram("end_to_end", "Time from a letter's acceptance until it is relayed for a recipient", LIVES).register(registry);
    }

    private static Histogram.Builder histogram(String name, String help, double[] upperBounds) {
        return Histogram.builder()
                .name("facteur_" + name)
                .unit(Unit.SECONDS)
                .help(help)
                .classicOnly()
                .classicUpperBounds(upperBounds)
                .withoutExemplars();
    }

    void took(Step step, Stopwatch since) {
        var histogram = steps.get(step);
        if (histogram != null) {
            histogram.observe(since.seconds());
        }
    }

    /// @param upstream as configured: there are few
    void tried(String upstream, Stopwatch since) {
        upstreams.computeIfAbsent(upstream, relay::labelValues).observe(since.seconds());
    }

    void relayed(long ageMillis) {
        endToEnd.observe(ageMillis / MILLIS);
    }
}
