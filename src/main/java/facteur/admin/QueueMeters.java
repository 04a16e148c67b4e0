package facteur.admin;

import facteur.spool.QueueCensus;
import facteur.spool.QueueCount;
import facteur.spool.QueueStatus;
import facteur.spool.SpoolException;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The number of letters in each state of the queue, and the age of the oldest. Thread-safe.
public final class QueueMeters implements MultiCollector {
    private static final Logger LOG = LoggerFactory.getLogger(QueueMeters.class);

    private final QueueCensus census;
    private final InstantSource time;

    public QueueMeters(QueueCensus census, InstantSource time) {
        this.census = census;
        this.time = time;
    }

    @Override
    public MetricSnapshots collect() {
        var now = time.instant();
        var states = states(now);
        return new MetricSnapshots(
                gauge("letters", "Letters in the queue, by state", states, count -> count.letters()),
                gauge("oldest_age_seconds", "Age of the oldest letter in the queue, by state; 0 without one", states,
                        count -> count.letters() == 0 ? 0 : Math.max(0, Duration.between(count.oldestAt(), now).toSeconds())));
    }

    /// Every state; none while the database is unavailable, so that it shows as a gap.
    private List<QueueCount> states(Instant now) {
        try {
            var counts = census.counted().counts();
            return Arrays.stream(QueueStatus.values())
                    .map(standing -> counts.stream()
                            .filter(count -> count.standing() == standing)
                            .findFirst()
                            .orElse(new QueueCount(standing, 0, now)))
                    .toList();
        } catch (SpoolException away) {
            LOG.debug("the queue isn't counted: {}", away.getMessage());
            return List.of();
        }
    }

    private static GaugeSnapshot gauge(
            String name, String help, List<QueueCount> states, Function<QueueCount, Number> value) {
        var gauge = GaugeSnapshot.builder().name("facteur_queue_" + name).help(help);
        states.forEach(count -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("state", count.standing().word()))
                .value(value.apply(count).doubleValue())
                .build()));
        return gauge.build();
    }
}
