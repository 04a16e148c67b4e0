package facteur.replay;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Database;
import facteur.spool.OfficeLog;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A message log on SQLite, with letters of an office and a second between two of them. For one thread.
final class PreparedLog implements AutoCloseable {
    private static final RouteId ROUTE = new RouteId("capture");

    private final TestTime accepting = new TestTime();
    private final QueueIds ids = new QueueIds(accepting, new Random(1));
    private final StateFolder folder;
    private final Database database;
    private final SqlSpool spool;

    PreparedLog(Path state) throws Exception {
        folder = StateFolder.open(state);
        database = MigratedDatabase.open(state);
        spool = SqlSpool.open(folder, database, 0, accepting, _ -> {});
    }

    /// Empty texts as in the log: general, none, unknown.
    QueueId add(String office, String context, String relation, String sender) throws Exception {
        accepting.advance(Duration.ofSeconds(1));
        var letter = new Letter(
                ids.next(),
                accepting.instant(),
                Provenance.parse("app", office, context, relation, sender, "from.shared", "general.company", "v42", "", ""),
                new Envelope(ReversePath.NULL, List.of(Address.of("client@one.example")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII),
                ReversePath.NULL,
                new Message(new Header(List.of()), new MemoryBody(new byte[0])));
        spool.acceptWaiting(Map.of(ROUTE, letter));
        return letter.id();
    }

    OfficeLog log() {
        return new OfficeLog(database, accepting);
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        spool.close();
        database.close();
        folder.close();
    }
}
