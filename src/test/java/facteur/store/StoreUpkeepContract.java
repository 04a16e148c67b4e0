package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.clock.ClockTrust;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What nodes are told, and what is forgotten.
abstract class StoreUpkeepContract extends StoreRig {
    private static final String EVERYTHING = "everything";

    private final List<String> evicted = new ArrayList<>();
    private FeedWatch watch;

    @BeforeEach
    void follow() {
        watch = follower(evicted);
        watch.run();
        assertThat(evicted).containsExactly(EVERYTHING);
        evicted.clear();
    }

    private FeedWatch follower(List<String> evicted) {
        return store.watch(new FeedWatch.Cache() {
            @Override
            public void evict(List<StoreChange> changes) {
                changes.forEach(change -> evicted.add(change.office() + "/" + change.relation()));
            }

            @Override
            public void evictAll() {
                evicted.add(EVERYTHING);
            }
        });
    }

    private List<String> seen() {
        evicted.clear();
        watch.run();
        return List.copyOf(evicted);
    }

    @Test
    void tellsWhatHasChangedOnce() throws SQLException {
        assertThat(seen()).isEmpty();
        put(A);
        settings.put(DURAND, A, ANY, JAN);
        put(B);
        assertThat(seen()).containsExactly("dupont/", "durand/");
        assertThat(seen()).isEmpty();
        change(StoreChange.ofCard(DUPONT, new RelationId("R-1")), StoreChange.ofCards(DURAND), StoreChange.ofCard(DUPONT, new RelationId("*")));
        assertThat(seen()).containsExactlyInAnyOrder("dupont/R-1", "durand/*", "dupont/*");
    }

    private void change(StoreChange... changes) throws SQLException {
        new StoreWriter(database, time).write(transaction -> {
            List.of(changes).forEach(transaction::changed);
            return true;
        });
    }

    @Test
    void whoIsTooFarBehindDropsEverything() throws SQLException {
        var many = new StoreChange[SettingsFeed.MOST_ENTRIES];
        for (var i = 0; i < many.length; i++) {
            many[i] = StoreChange.ofCard(DUPONT, new RelationId("R-" + i));
        }
        change(many);
        assertThat(seen()).hasSize(SettingsFeed.MOST_ENTRIES);
        change(many);
        change(StoreChange.ofSettings(DUPONT));
        assertThat(seen()).containsExactly(EVERYTHING);
        assertThat(seen()).isEmpty();
    }

    @Test
    void whoComesTooLateForANumberDropsEverything() throws SQLException {
        put(A);
        time.advance(Duration.ofMinutes(40));
        put(B);
        time.advance(Duration.ofMinutes(40));
        cleaner(Duration.ofDays(400)).run();
        assertThat(rows("settings_feed")).isOne();
        assertThat(seen()).containsExactly(EVERYTHING);
        put(A);
        assertThat(seen()).containsExactly("dupont/");
        database.inTransaction(statements -> statements.update("update settings_edition set number = 1"));
        assertThat(seen()).as("a backup was restored").containsExactly(EVERYTHING);
    }

    @Test
    void nothingIsToldOfWhatWasRefused() throws SQLException {
        put(A);
        seen();
        settings.put(DUPONT, A, ANY, JAN);
        settings.put(DUPONT, WRONG, ANY, JAN);
        settings.put(DUPONT, B, ABSENT, JAN);
        settings.remove(DURAND, ANY, JAN);
        assertThat(rows("settings_feed")).isOne();
        assertThat(rows("office_change")).isOne();
        assertThat(seen()).isEmpty();
    }

    private StoreCleaner cleaner(Duration keep) {
        return store.cleaner(() -> keep, ClockTrust.ALWAYS);
    }

    private long rows(String table) throws SQLException {
        return database.reading(statements -> statements.first("select count(*) from " + table, row -> row.getLong(1))).orElseThrow();
    }

    private List<Long> versions(OfficeId office) throws SQLException {
        return history.versions(office, OptionalLong.empty(), 1_000).stream().map(Version::number).toList();
    }

    @Test
    void forgetsOldVersionsThatNothingNeeds() throws SQLException {
        for (var i = 0; i < 25; i++) {
            put(i % 2 == 0 ? A : B);
        }
        settings.put(DURAND, A, ANY, JAN);
        for (var i = 0; i < 30; i++) {
            cards(DURAND, 1);
        }
        letter("dupont", "v2", "");
        letter("durand", "v1", "v4");
        letter("other", "v3", "");
        time.advance(Duration.ofDays(9));
        cleaner(Duration.ofDays(10)).run();
        assertThat(versions(DUPONT)).hasSize(25);
        time.advance(Duration.ofDays(2));
        cleaner(Duration.ofDays(10)).run();
        assertThat(versions(DUPONT)).hasSize(21).contains(25L, 6L, 2L).doesNotContain(1L, 3L, 4L, 5L);
        assertThat(versions(DURAND)).hasSize(22).contains(31L, 12L, 1L, 4L).doesNotContain(2L, 3L, 5L, 11L);
        assertThat(settings.put(DURAND, B, ABSENT, JAN)).isInstanceOfSatisfying(
                ChangeResult.Stale.class, stale -> assertThat(stale.author()).isEqualTo("Jan Janssens (suite)"));
    }

    @Test
    void forgetsWhatOldVersionsDidToCards() throws SQLException {
        settings.put(DURAND, A, ANY, JAN);
        cards(DURAND, 250);
        for (var i = 0; i < 21; i++) {
            cards(DURAND, 1);
        }
        letter("durand", "v1", "v3");
        time.advance(Duration.ofDays(89));
        var cleaner = cleaner(Duration.ofDays(400));
        cleaner.run();
        assertThat(rows("card_change")).isEqualTo(271);
        time.advance(Duration.ofDays(2));
        for (var hours = 0; hours < 24; hours++) {
            cleaner.run();
        }
        assertThat(history.cards(DURAND, 2, Optional.empty(), 1_000)).isEmpty();
        assertThat(history.cards(DURAND, 3, Optional.empty(), 1_000)).as("a letter was decided by it").hasSize(1);
        assertThat(versions(DURAND)).as("only what they did to cards is gone").hasSize(23);
    }

    /// A version that changed that many cards.
    private void cards(OfficeId office, int count) throws SQLException {
        var writer = new StoreWriter(database, time);
        writer.write(transaction -> {
            var row = OfficeRow.lock(transaction, database.dialect().lock(), office).orElseThrow();
            var number = row.version() + 1;
            row.withCardsChanged(number, transaction.now()).update(transaction.statements());
            ChangeRows.insert(
                    transaction, office, new Version(number, transaction.now(), ChangeKind.CARDS, JAN, 0, count), new ChangeRows.Texts("", ""));
            for (var i = 0; i < count; i++) {
                transaction.statements().update(
                        "insert into card_change (office, relation, number, before, after) values (?, ?, ?, '', '{}')",
                        office.text(),
                        "R-" + i,
                        number);
            }
            return number;
        });
    }

    private void letter(String office, String settingsVersion, String cardVersion) throws SQLException {
        database.inTransaction(statements -> statements.update(
                """
                insert into letter (id, accepted_at, app, office, context, relation, sender, from_rule, reply_to_rule, settings_version,
                    card_version, reverse_path, original_reverse_path, body_type, header_encoding, size_bytes)
                values (?, 0, '', ?, '', '', '', '', '', ?, ?, '', '', '', '', 0)""",
                office + settingsVersion,
                office,
                settingsVersion,
                cardVersion));
    }

    @Test
    void leavesASingleWriterToTheLettersBetweenPieces() throws SQLException {
        var clock = new AtomicLong();
        var pauses = new ArrayList<Duration>();
        var left = new AtomicLong(3);
        var pieces = new Pieces(true, clock::get, pauses::add);
        pieces.run(() -> {
            clock.addAndGet(Duration.ofMillis(left.get()).toNanos());
            return left.decrementAndGet() > 0;
        });
        assertThat(pauses).containsExactly(Duration.ofMillis(3), Duration.ofMillis(2), Duration.ofMillis(1));
    }
}
