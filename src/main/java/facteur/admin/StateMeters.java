package facteur.admin;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.LongSupplier;

/// Whether letters are taken, and the room that they need. Thread-safe.
public final class StateMeters implements MultiCollector {
    private final DaemonControl steering;
    private final LongSupplier freeBytes;
    private final long floorBytes;

    /// @param freeBytes how much may still be written
    /// @param floorBytes of free space, below which no letter is taken
    public StateMeters(DaemonControl steering, LongSupplier freeBytes, long floorBytes) {
        this.steering = steering;
        this.freeBytes = freeBytes;
        this.floorBytes = floorBytes;
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(
                gauge("ready", "Whether letters are taken, 1 or 0, as /health/ready says")
                        .dataPoint(value(steering.health().unready().isEmpty() ? 1 : 0))
                        .build(),
                gauge("state_free_bytes", "Free space on the disk of the state folder").dataPoint(value((double) freeBytes.getAsLong())).build(),
                gauge("state_floor_bytes", "Free space below which letters are refused").dataPoint(value((double) floorBytes)).build());
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name("facteur_" + name).help(help);
    }

    private static GaugeDataPointSnapshot value(double value) {
        return GaugeDataPointSnapshot.builder().value(value).build();
    }
}
