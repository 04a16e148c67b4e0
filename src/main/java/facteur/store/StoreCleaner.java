package facteur.store;

import facteur.platform.clock.ClockTrust;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what the store no longer has to know: news that every node has seen, and pushes that have ended; once a day, what old versions did to cards,
/// and old versions themselves. What is in use stays however old it is: the last versions of an office, the one that wrote its
/// settings, and those that a letter of the history was decided by. To be run once an hour, by one thread; an interrupt ends it
/// after a piece.
public final class StoreCleaner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCleaner.class);
    private static final Duration NEWS = Duration.ofHours(1);
    private static final Duration CARDS = Duration.ofDays(90);
    private static final int LAST_VERSIONS = 20;
    private static final int RUNS_PER_DAY = 24;
    private static final int PAGE = 500;

    /// Old versions, and those old enough for their cards that still have any.
    private static final String OLD =
            """
            select c.office, c.number, c.at from office_change c join office o on o.id = c.office
            where (c.at < ? or c.at < ? and exists (select 1 from card_change k where k.office = c.office and k.number = c.number))
              and c.number <= o.version - ? and c.number <> o.settings_at
              and (c.office, c.number) > (?, ?)
            order by c.office, c.number limit ?""";

    /// Letters name versions as `v42`: of settings, and of the card if they needed one.
    private static final String NAMED = "select distinct office, settings_version, card_version from letter";
    private static final String DELETE_CARDS =
            """
            delete from card_change where office = ? and number = ? and relation in (
                select relation from card_change where office = ? and number = ? limit ?)""";
    private static final String DELETE = "delete from office_change where office = ? and number = ?";

    private record Old(String office, long number, Instant at) {
        static final Old NONE = new Old("", 0, Instant.EPOCH);

        String name() {
            return office + " v" + number;
        }
    }

    private final StoreWriter writer;
    private final SettingsFeed feed;
    private final Supplier<Duration> keep;
    private final ClockTrust trust;
    private final Pieces pieces;
    private int runs;

    /// @param keep how long a version is kept; asked for at each run
    /// @param trust while there is none, nothing is forgotten
    StoreCleaner(StoreWriter writer, SettingsFeed feed, Supplier<Duration> keep, ClockTrust trust, Pieces pieces) {
        this.writer = writer;
        this.feed = feed;
        this.keep = keep;
        this.trust = trust;
        this.pieces = pieces;
    }

    @Override
    public void run() {
        if (!trust.isSettled()) {
            return;
        }
        try {
            var now = writer.time().instant();
            var _ = feed.prune(now.minus(NEWS));
            PushRow.endOld(writer);
            if (runs++ % RUNS_PER_DAY == 0) {
                clean(now.minus(keep.get()), now.minus(CARDS));
            }
        } catch (SQLException notNow) {
            LOG.debug("old versions of settings are forgotten later: {}", notNow.getMessage());
        }
    }

    private void clean(Instant allBefore, Instant cardsBefore) throws SQLException {
        var page = old(allBefore, cardsBefore, Old.NONE);
        var named = page.isEmpty() ? Set.<String>of() : named();
        while (!page.isEmpty() && !Thread.currentThread().isInterrupted()) {
            var unnamed = page.stream().filter(old -> !named.contains(old.name())).toList();
            for (var old : unnamed) {
                pieces.run(() -> deleteCards(old));
            }
            delete(unnamed.stream().filter(old -> old.at().isBefore(allBefore)).toList());
            page = old(allBefore, cardsBefore, page.getLast());
        }
    }

    private List<Old> old(Instant allBefore, Instant cardsBefore, Old after) throws SQLException {
        return writer.database().reading(statements -> statements.list(
                OLD,
                row -> new Old(row.getString("office"), row.getLong("number"), Instant.ofEpochMilli(row.getLong("at"))),
                allBefore.toEpochMilli(),
                cardsBefore.toEpochMilli(),
                LAST_VERSIONS,
                after.office(),
                after.number(),
                PAGE));
    }

    private Set<String> named() throws SQLException {
        var named = new HashSet<String>();
        var _ = writer.database().reading(statements -> statements.list(NAMED, row -> {
            named.add(row.getString("office") + " " + row.getString("settings_version"));
            return named.add(row.getString("office") + " " + row.getString("card_version"));
        }));
        return named;
    }

    private boolean deleteCards(Old old) throws SQLException {
        return writer.write(transaction -> transaction.statements().update(
                DELETE_CARDS, old.office(), old.number(), old.office(), old.number(), Pieces.ROWS)) == Pieces.ROWS;
    }

    private void delete(List<Old> versions) throws SQLException {
        for (var from = 0; from < versions.size(); from += Pieces.ROWS) {
            var some = versions.subList(from, Math.min(versions.size(), from + Pieces.ROWS));
            pieces.run(() -> writer.write(transaction -> {
                for (var old : some) {
                    transaction.statements().update(DELETE, old.office(), old.number());
                }
                return false;
            }));
        }
    }
}
