package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import facteur.fixture.TestTime;
import facteur.mail.automatic.Language;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Database;
import facteur.spool.SpoolException;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import facteur.store.ToldVersions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom a change is told to, when and how often, with a real spool that stores the letters.
abstract class ChangeNoticesContract {
    private static final String COMPANY = "{\"company\":\"Dupont <office@dupont.example>\"}";
    private static final String OTHER = "{\"company\":\"Dupont <info@dupont.example>\"}";
    private static final String THIRD = "{\"company\":\"Dupont <third@dupont.example>\"}";
    private static final RouteId ROUTE = new RouteId("capture");

    private final TestTime time = new TestTime();
    private final QueueIds ids = new QueueIds(time, new Random(1));
    private final List<Letter> sent = new CopyOnWriteArrayList<>();

    @TempDir
    private Path temp;

    private Database database;
    private StateFolder folder;
    private SqlSpool spool;
    private ChangeNotices notices;

    /// With today's tables.
    abstract Database open(Path state) throws SQLException;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(temp.resolve("state"));
        database = open(folder.path());
        spool = SqlSpool.open(folder, database, 0, time, _ -> {});
        notices = node(this::store);
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        folder.close();
    }

    private ChangeNotices node(ChangeNotices.Outbox outbox) {
        return node(outbox, new AtomicBoolean(true));
    }

    private ChangeNotices node(ChangeNotices.Outbox outbox, AtomicBoolean isInForce) {
        var writer = new ChangeNoticeWriter("relay.example.org", Address.of("inbox@shared.example"), ReversePath.NULL, Language.EN);
        return new ChangeNotices(
                new ToldVersions(database), isInForce::get, () -> writer, new Signer(_ -> List.of(), time), outbox, ids, time);
    }

    private void store(Letter letter) throws SpoolException {
        spool.acceptActive(ROUTE, letter);
        sent.add(letter);
    }

    /// Writes the next version of an office, as the store does.
    private void save(String office, String settings) throws SQLException {
        database.inTransaction(statements -> {
            var before = statements.first("select settings from office where id = ?", row -> row.getString(1), office);
            var number = statements.first("select version from office where id = ?", row -> row.getLong(1), office).orElse(0L) + 1;
            var now = time.millis();
            if (before.isEmpty()) {
                statements.update("insert into office (id, version, settings_at, settings, changed_at) values (?, ?, ?, ?, ?)", office, number, number,
                        settings, now);
            } else {
                statements.update("update office set version = ?, settings_at = ?, settings = ? where id = ?", number, number, settings, office);
            }
            statements.update(
                    "insert into office_change (office, number, at, kind, via, actor, note, before, after) values (?, ?, ?, ?, 'api', 'suite', ?, ?, ?)",
                    office,
                    number,
                    now,
                    settings.isEmpty() ? "removed" : "settings",
                    number == 2 ? "moved" : "",
                    before.orElse(""),
                    settings);
            return statements.update("update settings_edition set number = number + 1");
        });
    }

    private List<String> recipients() {
        return sent.stream().map(letter -> letter.envelope().recipients().getFirst().address().toString()).toList();
    }

    private static String text(Letter letter) throws IOException {
        var out = new ByteArrayOutputStream();
        letter.message().writeTo(out);
        return out.toString(StandardCharsets.US_ASCII).replace("=\r\n", "");
    }

    @Test
    void tellsBothAddressesAtOnce() throws Exception {
        save("dupont", COMPANY);
        notices.run();
        assertThat(sent).isEmpty();
        time.advance(Duration.ofDays(1));
        save("dupont", OTHER);
        notices.run();
        assertThat(recipients()).containsExactly("office@dupont.example", "info@dupont.example");
        assertThat(sent).allMatch(letter -> letter.provenance().office().text().equals("dupont"));
        assertThat(text(sent.getFirst())).contains(
                "To: Dupont <office@dupont.example>",
                "Subject: The mail settings of dupont have changed",
                "Version 2, 2026-11-24 08:00 UTC, by suite (by an app)\r\nWhy: moved",
                "    before: Dupont <office@dupont.example>\r\n    now: Dupont <info@dupont.example>",
                "facteur settings restore dupont 1");
        notices.run();
        assertThat(sent).hasSize(2);
    }

    @Test
    void gathersLaterChangesForAnHour() throws Exception {
        save("dupont", COMPANY);
        save("dupont", OTHER);
        notices.run();
        sent.clear();
        time.advance(Duration.ofMinutes(10));
        save("dupont", THIRD);
        notices.run();
        time.advance(Duration.ofMinutes(10));
        save("dupont", COMPANY);
        notices.run();
        time.advance(Duration.ofMinutes(39));
        notices.run();
        assertThat(sent).isEmpty();
        time.advance(Duration.ofMinutes(1));
        notices.run();
        assertThat(recipients()).containsExactly("info@dupont.example", "office@dupont.example", "third@dupont.example");
        assertThat(text(sent.getFirst())).contains("Version 3", "Version 4", "settings restore dupont 2");
    }

    @Test
    void saysNothingOfOtherChangesAndLosesNoTimeByThem() throws Exception {
        save("dupont", COMPANY);
        save("dupont", "{\"company\":\"Dupont <office@dupont.example>\",\"reply-to\":\"sender\",\"users\":[\"jan@dupont.example\"]}");
        notices.run();
        assertThat(sent).isEmpty();
        save("dupont", OTHER);
        notices.run();
        assertThat(sent).hasSize(2);
    }

    @Test
    void tellsOfEachAddressThatCounts() throws Exception {
        save("dupont", "{\"company\":\"office@dupont.example\",\"contexts\":{\"Invoice\":{\"reply-to\":\"sender\",\"address\":\"eve@evil.example\"}}}");
        notices.run();
        save("dupont", "{\"company\":\"office@dupont.example\",\"contexts\":{\"invoice\":{\"reply-to\":\"general\",\"address\":\"eve@evil.example\"}}}");
        save("dupont", "{\"company\":\"office@dupont.example\",\"from\":{\"address\":\"a@dupont.example\",\"name\":\"A\"},"
                + "\"contexts\":{\"invoice\":{\"reply-to\":\"general\",\"address\":\"eve@evil.example\",\"from\":{\"address\":\"b@dupont.example\"}}}}");
        notices.run();
        assertThat(recipients()).containsExactly("office@dupont.example");
        assertThat(text(sent.getFirst())).contains(
                "  Where replies to letters of the kind \"invoice\" go\r\n    before: none of its own\r\n    now: eve@evil.example",
                "  The address that letters come from\r\n    before: none of its own\r\n    now: A <a@dupont.example>",
                "  The address that letters of the kind \"invoice\" come from\r\n    before: none of its own\r\n    now: b@dupont.example");
    }

    @Test
    void comparesWhatComesBackWithWhatWasRemoved() throws Exception {
        save("dupont", COMPANY);
        notices.run();
        save("dupont", "");
        notices.run();
        assertThat(sent).isEmpty();
        time.advance(Duration.ofDays(1));
        save("dupont", OTHER);
        notices.run();
        assertThat(recipients()).containsExactly("office@dupont.example", "info@dupont.example");
    }

    @Test
    void tellsWhatWasChangedWhileNoNodeRan() throws Exception {
        save("dupont", COMPANY);
        save("dupont", OTHER);
        notices.run();
        node(this::store).run();
        assertThat(sent).hasSize(2);
        time.advance(Duration.ofHours(2));
        save("dupont", COMPANY);
        node(this::store).run();
        assertThat(sent).hasSize(4);
    }

    @Test
    void goesOnAfterACrashAndSendsNoLetterTwice() throws Exception {
        save("dupont", COMPANY);
        save("dupont", OTHER);
        var crashing = node(letter -> {
            store(letter);
            throw new IllegalStateException("killed");
        });
        assertThat(catchThrowable(crashing::run)).hasMessage("killed");
        assertThat(recipients()).containsExactly("office@dupont.example");
        var other = node(this::store);
        other.run();
        assertThat(sent).hasSize(1);
        // Another change meanwhile is no part of what had begun.
        save("dupont", THIRD);
        time.advance(Duration.ofMinutes(5));
        other.run();
        assertThat(recipients()).containsExactly("office@dupont.example", "info@dupont.example");
        time.advance(Duration.ofHours(1));
        other.run();
        assertThat(recipients().subList(2, sent.size())).containsExactly("info@dupont.example", "third@dupont.example");
    }

    @Test
    void triesAgainWhatCannotBeStored() throws Exception {
        save("dupont", COMPANY);
        save("dupont", OTHER);
        var isFull = new AtomicBoolean(true);
        var node = node(letter -> {
            if (isFull.get()) {
                throw new SpoolException("full", new IOException("full"));
            }
            store(letter);
        });
        node.run();
        isFull.set(false);
        time.advance(Duration.ofMinutes(5));
        node.run();
        assertThat(sent).hasSize(2);
    }

    @Test
    void saysNothingWhileLettersGoByAnotherSource() throws Exception {
        var isInForce = new AtomicBoolean();
        var node = node(this::store, isInForce);
        save("dupont", COMPANY);
        save("dupont", OTHER);
        node.run();
        assertThat(sent).isEmpty();
        isInForce.set(true);
        node.run();
        assertThat(sent).hasSize(2);
    }

    @Test
    void waitsNoLongerWhenTheClockIsSetBack() throws Exception {
        save("dupont", COMPANY);
        save("dupont", OTHER);
        notices.run();
        time.advance(Duration.ofDays(-30));
        save("dupont", COMPANY);
        node(this::store).run();
        assertThat(sent).hasSize(4);
    }

    @Test
    void nodesTellEachOfficeOnce() throws Exception {
        var offices = 30;
        for (var i = 0; i < offices; i++) {
            save("o" + i, COMPANY);
            save("o" + i, OTHER);
        }
        var nodes = 4;
        var together = new CyclicBarrier(nodes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var n = 0; n < nodes; n++) {
                running.add(threads.submit(() -> {
                    together.await();
                    node(this::store).run();
                    return 0;
                }));
            }
            for (var each : running) {
                each.get();
            }
        }
        assertThat(sent).hasSize(2 * offices);
        assertThat(sent.stream().map(letter -> letter.provenance().office().text() + " " + letter.envelope().recipients())).doesNotHaveDuplicates();
    }
}
