package facteur;

import facteur.config.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log what is wrong in the offices' own files before their letters do. There may be thousands, so that no letter
/// waits until all have been read.
final class OfficeReview {
    private static final Logger LOG = LoggerFactory.getLogger(OfficeReview.class);

    private OfficeReview() {}

    /// On a thread of the platform: it is busy for seconds, and would keep sessions from theirs.
    static void start(Config config) {
        Thread.ofPlatform().daemon().name("offices").start(() -> {
            var problems = new Problems();
            config.readOffices(problems);
            problems.list().forEach(problem -> LOG.error("{}; letters that need it get 451, unless good settings were read before", problem));
            problems.warnings().forEach(warning -> LOG.warn("{}", warning));
        });
    }
}
