package facteur.admin;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.LongSupplier;

/// The number of dropped log lines. Thread-safe.
public final class LogMeter implements Collector {
    private final LongSupplier droppedLines;

    public LogMeter(LongSupplier droppedLines) {
        this.droppedLines = droppedLines;
    }

    @Override
    public MetricSnapshot collect() {
        return CounterSnapshot.builder()
                .name("facteur_log_lines_dropped")
                .help("Log lines dropped because the output was not read")
                .dataPoint(CounterDataPointSnapshot.builder().value((double) droppedLines.getAsLong()).build())
                .build();
    }
}
