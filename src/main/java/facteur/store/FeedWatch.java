package facteur.store;

import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the feed for one node: what any process has changed is evicted from its cache. To be run twice a second, by one
/// thread.
public final class FeedWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedWatch.class);

    /// The cache that follows.
    public interface Cache {
        void evict(List<StoreChange> changes);

        void evictAll();
    }

    private final SettingsFeed feed;
    private final Cache cache;
    private long seen = -1;

    FeedWatch(SettingsFeed feed, Cache cache) {
        this.feed = feed;
        this.cache = cache;
    }

    /// While the database is away nothing is evicted, and no letter is accepted either.
    @Override
    public void run() {
        try {
            var news = feed.since(seen);
            news.changes().ifPresentOrElse(cache::evict, cache::evictAll);
            // Last: what was not evicted for a bug is tried again.
            seen = news.edition();
        } catch (SQLException notNow) {
            LOG.debug("changes of settings are seen later: {}", notNow.getMessage());
        }
    }
}
