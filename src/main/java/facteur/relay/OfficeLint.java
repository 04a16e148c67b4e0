package facteur.relay;

import facteur.platform.config.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log what is allowed in the offices' own files and probably a mistake. There may be thousands, so that no letter
/// waits until all have been read. What can't be used of them the [OfficeFileWatch] tells.
public final class OfficeLint {
    private static final Logger LOG = LoggerFactory.getLogger(OfficeLint.class);

    private OfficeLint() {}

    /// On a thread of the platform: it is busy for seconds, and would keep sessions from theirs.
    public static void start(Config config) {
        Thread.ofPlatform().daemon().name("offices").start(() -> {
            var problems = new Problems();
            config.readOffices(problems);
            problems.warnings().forEach(warning -> LOG.warn("{}", warning));
        });
    }
}
