package facteur.admin;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.LongSupplier;

/// Whether letters are accepted, and the free space for them. Thread-safe.
public final class StateMeters implements MultiCollector {
    private final DaemonControl control;
    private final LongSupplier freeBytes;
    private final long floorBytes;

    /// @param freeBytes how much may still be written
    /// @param floorBytes of free space, below which no letter is accepted
    public StateMeters(DaemonControl control, LongSupplier freeBytes, long floorBytes) {
        this.control = control;
        this.freeBytes = freeBytes;
        this.floorBytes = floorBytes;
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(
                gauge("ready", "1 if letters are accepted, else 0; same as /health/ready")
                        .dataPoint(value(control.health().unready().isEmpty() ? 1 : 0))
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
