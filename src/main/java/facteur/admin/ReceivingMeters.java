package facteur.admin;

import facteur.mail.message.ReceivingMemory;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/// Memory used by arriving letters, and its limit. Thread-safe.
public final class ReceivingMeters implements MultiCollector {
    private final ReceivingMemory memory;

    public ReceivingMeters(ReceivingMemory memory) {
        this.memory = memory;
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(
                gauge("receiving_memory_bytes", "Memory used by arriving letters, their recipients included", memory.heldBytes()),
                gauge("receiving_memory_limit_bytes", "limits.receiving-memory", memory.limitBytes()));
    }

    private static GaugeSnapshot gauge(String name, String help, long bytes) {
        return GaugeSnapshot.builder()
                .name("facteur_" + name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value((double) bytes).build())
                .build();
    }
}
