package facteur.admin;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;

/// Whether letters are taken, and the room that they need. Thread-safe.
public final class StateMeters implements MultiCollector {
    /// How much may still be written.
    @FunctionalInterface
    public interface FreeSpace {
        long bytes() throws IOException;
    }

    private final Steering steering;
    private final FreeSpace free;
    private final long floorBytes;

    /// @param floorBytes of free space, below which no letter is taken
    public StateMeters(Steering steering, FreeSpace free, long floorBytes) {
        this.steering = steering;
        this.free = free;
        this.floorBytes = floorBytes;
    }

    @Override
    public MetricSnapshots collect() {
        var space = gauge("state_free_bytes", "Free space on the disk of the state folder");
        try {
            space.dataPoint(value((double) free.bytes()));
        } catch (IOException unknown) {
            // A gap shows it.
        }
        return new MetricSnapshots(
                gauge("ready", "Whether letters are taken, 1 or 0, as /health/ready says")
                        .dataPoint(value(steering.health().unready().isEmpty() ? 1 : 0))
                        .build(),
                space.build(),
                gauge("state_floor_bytes", "Free space below which letters are refused").dataPoint(value((double) floorBytes)).build());
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name("facteur_" + name).help(help);
    }

    private static GaugeDataPointSnapshot value(double value) {
        return GaugeDataPointSnapshot.builder().value(value).build();
    }
}
