package facteur.notice;

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
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// Nodes that tell offices of changes, with a real spool that stores the letters, and a clock that a test sets.
final class ChangeNoticesRig implements AutoCloseable {
    static final String COMPANY = "{\"company\":\"Dupont <office@dupont.example>\"}";
    static final String OTHER = "{\"company\":\"Dupont <info@dupont.example>\"}";
    static final String THIRD = "{\"company\":\"Dupont <third@dupont.example>\"}";
    private static final RouteId ROUTE = new RouteId("capture");

    final TestTime time = new TestTime();
    final List<Letter> sent = new CopyOnWriteArrayList<>();
    final Database database;
    private final QueueIds ids = new QueueIds(time, new Random(1));
    private final StateFolder folder;
    private final SqlSpool spool;

    /// Opens the database of a state folder, with today's tables.
    interface Opening {
        Database open(Path state) throws SQLException;
    }

    ChangeNoticesRig(Path state, Opening opening) throws SpoolException, SQLException {
        folder = StateFolder.open(state);
        database = opening.open(state);
        spool = SqlSpool.open(folder, database, 0, time, _ -> {});
    }

    @Override
    public void close() {
        spool.close();
        database.close();
        folder.close();
    }

    ChangeNotices node(ChangeNotices.Outbox outbox) {
        return node(outbox, new AtomicBoolean(true));
    }

    ChangeNotices node(ChangeNotices.Outbox outbox, AtomicBoolean isInForce) {
        var writer = new ChangeNoticeWriter("relay.example.org", Address.of("inbox@shared.example"), ReversePath.NULL, Language.EN);
        return new ChangeNotices(
                new ToldVersions(database), isInForce::get, () -> writer, new Signer(_ -> List.of(), time), outbox, ids, time);
    }

    void store(Letter letter) throws SpoolException {
        spool.acceptActive(ROUTE, letter);
        sent.add(letter);
    }

    /// Writes the next version of an office, as the store does.
    void save(String office, String settings) throws SQLException {
        database.inTransaction(statements -> {
            var before = statements.first("select settings from office where id = ?", row -> row.getString(1), office);
            var number = statements.first("select version from office where id = ?", row -> row.getLong(1), office).orElse(0L) + 1;
            var now = time.millis();
            if (before.isEmpty()) {
                statements.update("insert into office (id, version, settings_at, settings, changed_at) values (?, ?, ?, ?, ?)", office, number,
                        number,
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

    List<String> recipients() {
        return sent.stream().map(letter -> letter.envelope().recipients().getFirst().address().toString()).toList();
    }

    static String text(Letter letter) throws IOException {
        var out = new ByteArrayOutputStream();
        letter.message().writeTo(out);
        return out.toString(StandardCharsets.US_ASCII).replace("=\r\n", "");
    }
}
