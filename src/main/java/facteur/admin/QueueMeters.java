package facteur.admin;

import facteur.spool.QueueCount;
import facteur.spool.QueueDesk;
import facteur.spool.SpoolException;
import facteur.spool.Standing;
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
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many letters of the queue are in each state, and how old the oldest is.
///
/// A count reads the queue's index from end to end, so it is kept: for a quarter of a minute at least, and for twenty times
/// as long as it took. However deep the queue and however often somebody looks, counting takes a twentieth of one reader's
/// time at most. Thread-safe.
public final class QueueMeters implements MultiCollector {
    private static final Logger LOG = LoggerFactory.getLogger(QueueMeters.class);
    private static final Duration LEAST = Duration.ofSeconds(15);
    private static final int PATIENCE = 20;

    private record Count(List<QueueCount> states, Instant until) {}

    private final QueueDesk desk;
    private final InstantSource time;
    private Optional<Count> last = Optional.empty();

    public QueueMeters(QueueDesk desk, InstantSource time) {
        this.desk = desk;
        this.time = time;
    }

    @Override
    public MetricSnapshots collect() {
        var now = time.instant();
        var states = states(now);
        return new MetricSnapshots(
                gauge("letters", "Letters in the queue, by state", states, count -> count.letters()),
                gauge("oldest_age_seconds", "Age of the oldest letter in the queue, by state; 0 without one", states, count ->
                        count.letters() == 0 ? 0 : Math.max(0, Duration.between(count.oldestAt(), now).toSeconds())));
    }

    /// Every state; none while the database is away, so that a gap shows it.
    private synchronized List<QueueCount> states(Instant now) {
        if (last.isEmpty() || !now.isBefore(last.get().until())) {
            last = Optional.of(count(now));
        }
        return last.get().states();
    }

    private Count count(Instant now) {
        try {
            var counts = desk.counts();
            var took = Duration.between(now, time.instant()).multipliedBy(PATIENCE);
            var states = Arrays.stream(Standing.values()).map(standing -> counts.stream()
                            .filter(count -> count.standing() == standing)
                            .findFirst()
                            .orElse(new QueueCount(standing, 0, now)))
                    .toList();
            return new Count(states, now.plus(took.compareTo(LEAST) > 0 ? took : LEAST));
        } catch (SpoolException away) {
            LOG.debug("the queue isn't counted: {}", away.getMessage());
            return new Count(List.of(), now.plus(LEAST));
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
