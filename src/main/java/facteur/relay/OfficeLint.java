package facteur.relay;

import facteur.platform.config.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs what is allowed in the offices' own files but is probably a mistake. There may be thousands of files, so no letter
/// waits for it. Files that can't be used are journalled by [OfficeFileWatch].
public final class OfficeLint {
    private static final Logger LOG = LoggerFactory.getLogger(OfficeLint.class);

    private OfficeLint() {}

    /// On a platform thread: it is busy for seconds, and on a virtual thread it would hold up sessions.
    public static void start(Config config) {
        Thread.ofPlatform().daemon().name("office-lint").start(() -> {
            var problems = new Problems();
            config.readOffices(problems);
            problems.warnings().forEach(warning -> LOG.warn("{}", warning));
        });
    }
}
