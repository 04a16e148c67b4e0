package facteur.admin;

import facteur.settings.SettingsCache;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// Statistics of the settings cache, all from one snapshot. Thread-safe.
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
                counter("hits", "Settings lookups served from cache", now.hits()),
                counter("loads", "Lookups sent to the settings source", now.loads()),
                counter("failures", "Lookups that the settings source failed to answer", now.failures()),
                counter("stale", "Expired cache entries used because the settings source failed", now.stale()),
                gauge("entries", "Entries in the settings cache", now.entries()),
                gauge("oldest_age_seconds", "Age of the oldest cache entry in use", now.oldestAge().toSeconds()),
                gauge("troubled_files", "Office files that can't be used now, with or without an older version still in use",
                        troubledFiles.getAsInt()));
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
