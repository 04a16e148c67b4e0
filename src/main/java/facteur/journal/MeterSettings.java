package facteur.journal;

import facteur.platform.config.Section;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// The section `metrics`. Immutable.
///
/// @param perOffice whether each office is counted by itself, too
public record MeterSettings(boolean perOffice) {
    public static MeterSettings from(Section section) {
        return new MeterSettings(section.flag("per-office", false));
    }

    /// Counts what goes into a journal.
    ///
    /// @param registry gets the meters
    public Journal metered(Journal journal, PrometheusRegistry registry) {
        var meters = new CountingJournal(journal, registry);
        return perOffice ? new OfficeCountingJournal(meters, registry) : meters;
    }
}
