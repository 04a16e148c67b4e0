package facteur.api;

import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Letters in the spool of an [ApiWorld], about invoices, by Jan. For one thread.
final class PastLetters implements AutoCloseable {
    private static final RouteId ROUTE = new RouteId("capture");

    private final ApiWorld api;
    private final StateFolder state;
    private final SqlSpool spool;
    private final QueueIds ids;

    /// @param folder of the database
    PastLetters(ApiWorld api, Path folder) throws Exception {
        this.api = api;
        state = StateFolder.open(folder);
        spool = SqlSpool.open(state, api.database, 0, api.time, _ -> {});
        ids = new QueueIds(api.time, new Random(1));
    }

    QueueId add(String office, String subject) throws Exception {
        var letter = new Letter(
                ids.next(),
                api.time.instant(),
                Provenance.parse("app", office, "invoice", "", "jan@dupont.example", "from.shared", "general.company", "v1", "", ""),
                new Envelope(ReversePath.NULL, List.of(Address.of("client@one.example")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII),
                ReversePath.NULL,
                new Message(new Header(List.of(HeaderField.of("Subject", subject))), new MemoryBody(new byte[0])));
        spool.acceptWaiting(Map.of(ROUTE, letter));
        return letter.id();
    }

    @Override
    public void close() {
        spool.close();
        state.close();
    }
}
