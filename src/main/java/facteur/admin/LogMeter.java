package facteur.admin;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.LongSupplier;

/// How many lines of the log were dropped. Thread-safe.
public final class LogMeter implements Collector {
    private final LongSupplier droppedLines;

    public LogMeter(LongSupplier droppedLines) {
        this.droppedLines = droppedLines;
    }

    @Override
    public MetricSnapshot collect() {
        return CounterSnapshot.builder()
                .name("facteur_log_lines_dropped")
                .help("Lines of the log that were dropped because its output was not read")
                .dataPoint(CounterDataPointSnapshot.builder().value((double) droppedLines.getAsLong()).build())
                .build();
    }
}
