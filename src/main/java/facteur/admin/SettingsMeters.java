package facteur.admin;

import facteur.settings.SettingsCache;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// How the cache of settings does, all figures from one look at it. Thread-safe.
public final class SettingsMeters implements MultiCollector {
    private final Supplier<SettingsCache.Statistics> statistics;
    private final IntSupplier troubledFiles;

    /// @param troubledFiles how many files of offices can't be used now
    public SettingsMeters(Supplier<SettingsCache.Statistics> statistics, IntSupplier troubledFiles) {
        this.statistics = statistics;
        this.troubledFiles = troubledFiles;
    }

    @Override
    public MetricSnapshots collect() {
        var now = statistics.get();
        return new MetricSnapshots(
                counter("hits", "Answers given from the cache of settings", now.hits()),
                counter("loads", "Questions to the source of settings", now.loads()),
                counter("failures", "Questions that the source of settings failed to answer", now.failures()),
                counter("stale", "Old answers given because the source of settings fails", now.stale()),
                gauge("entries", "Answers held in the cache of settings", now.entries()),
                gauge("oldest_age_seconds", "Age of the oldest answer held that is still given", now.oldestAge().toSeconds()),
                gauge("troubled_files", "Files of offices that can't be used now, whether or not an old answer goes on", troubledFiles.getAsInt()));
    }

    private static CounterSnapshot counter(String name, String help, long value) {
        return CounterSnapshot.builder()
                .name("facteur_settings_" + name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name("facteur_settings_" + name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value((double) value).build())
                .build();
    }
}
