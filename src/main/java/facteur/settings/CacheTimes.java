package facteur.settings;

import facteur.platform.config.Section;
import java.time.Duration;

/// How long answers of a settings source stay in the cache.
///
/// @param freshFor used without asking again; after that, refreshed in the background
/// @param staleFor used at all, while the source fails
/// @param missingFor how long "no such office" and "no such relation" are believed
/// @param weight the capacity of the cache, at about one per person
public record CacheTimes(Duration freshFor, Duration staleFor, Duration missingFor, long weight) {
    /// Reads `fresh-for`, `stale-for`, `missing-for` and `cached-people` of the section `settings`.
    public static CacheTimes from(Section section) {
        var times = new CacheTimes(
                section.duration("fresh-for", Duration.ofSeconds(60)),
                section.duration("stale-for", Duration.ofHours(24)),
                section.duration("missing-for", Duration.ofSeconds(10)),
                section.integer("cached-people", 500_000, 1_000, 100_000_000));
        if (times.staleFor.compareTo(times.freshFor) < 0) {
            section.problem("stale-for", "must not be shorter than fresh-for");
        }
        return times;
    }
}
