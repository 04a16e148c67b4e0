package facteur.relay;

import facteur.journal.DeduplicatedJournal;
import facteur.journal.Journal;
import facteur.journal.MeterSettings;
import facteur.journal.RecentEvents;
import facteur.journal.SampledJournal;
import facteur.platform.clock.SteadyTime;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What an event passes from a part of the daemon to the log. Thread-safe.
///
/// @param journal the outermost layer, the one that all parts record in
/// @param recent which counts the last minute for `facteur status`
record JournalLayers(Journal journal, RecentEvents recent) {
    /// Repetitions are dropped before they are metered: a meter counts what the log shows. But what strangers cause is metered in full.
    ///
    /// @param log where events end
    static JournalLayers over(Journal log, MeterSettings metrics, PrometheusRegistry registry, SteadyTime steady) {
        var recent = new RecentEvents(new SampledJournal(log, steady), steady);
        var metered = metrics.metered(recent, registry);
        return new JournalLayers(new DeduplicatedJournal(metered, steady), recent);
    }
}
