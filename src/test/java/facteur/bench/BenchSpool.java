package facteur.bench;

import facteur.fixture.Folders;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
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
import facteur.spool.SpoolException;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// A spool on SQLite as the daemon has it, on the disk of this working copy, and letters of 4 KB to put into it. It is
/// deleted when it is closed. Thread-safe.
final class BenchSpool implements AutoCloseable {
    static final RouteId ROUTE = new RouteId("smarthost");

    private static final InstantSource TIME = InstantSource.system();
    private static final Provenance PROVENANCE =
            Provenance.parse("local", "dupont", "invoice", "R-1042", "jan@dupont.example", "from.office", "context.role", "7", "", "");
    private static final Envelope ENVELOPE = new Envelope(
            ReversePath.of(Address.of("inbox@relay.example.org")),
            List.of(Address.of("client@example.com")),
            BodyType.SEVEN_BIT,
            HeaderEncoding.ASCII);
    private static final Message MESSAGE = new Message(
            Header.parse(SampleLetter.HEADER.getBytes(StandardCharsets.US_ASCII)),
            new MemoryBody(Lines.USUAL.body(4096 - SampleLetter.HEADER.length())));

    private final QueueIds ids = new QueueIds(TIME, new SecureRandom());
    private final Path path;
    private final StateFolder folder;
    private final Database database;
    private final SqlSpool spool;

    BenchSpool() throws IOException, SpoolException, SQLException {
        path = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench-");
        folder = StateFolder.open(path);
        database = Database.open(path);
        spool = SqlSpool.open(folder, database, 0, TIME, _ -> {});
    }

    SqlSpool spool() {
        return spool;
    }

    Letter letter() {
        return new Letter(ids.next(), TIME.instant(), PROVENANCE, ENVELOPE, ENVELOPE.reversePath(), MESSAGE);
    }

    @Override
    public void close() throws IOException {
        spool.close();
        database.close();
        folder.close();
        Folders.delete(path);
    }
}
