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
import facteur.mail.returned.Action;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.spool.BadAddresses;
import facteur.spool.NewReturn;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.ReturnStore;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

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

    private Letter letter(String office, String recipient, String subject, Provenance.Kind kind) {
        return new Letter(
                ids.next(),
                api.time.instant(),
                Provenance.parse(
                        "app", office, "invoice", "", "jan@dupont.example", "from.shared", "general.company", "v1", "", "", kind.text()),
                new Envelope(ReversePath.NULL, List.of(Address.of(recipient)), BodyType.SEVEN_BIT, HeaderEncoding.ASCII),
                ReversePath.NULL,
                new Message(new Header(List.of(HeaderField.of("Subject", subject))), new MemoryBody(new byte[0])));
    }

    QueueId add(String office, String subject) throws Exception {
        var letter = letter(office, "client@one.example", subject, Provenance.Kind.APP);
        spool.acceptWaiting(Map.of(ROUTE, letter));
        return letter.id();
    }

    /// One that left and came back: the host says that it has no such recipient.
    QueueId addBounced(String office, String client) throws Exception {
        var letter = letter(office, client, "a subject", Provenance.Kind.APP);
        var leased = spool.acceptActive(ROUTE, letter, Optional.empty());
        var relayed = leased.recipients().stream().map(recipient -> recipient.with(Recipient.Status.RELAYED, "250 2.0.0 queued")).toList();
        spool.settle(leased, relayed, List.of(), new QueueState.Ended(api.time.instant()));
        var said = new NewReturn.Status(0, client, Action.FAILED, "5.1.1", "550 5.1.1 no such user", "mx.one.example", true);
        var bounce = letter(office, "b-1@return.example", "failed", Provenance.Kind.RETURN);
        var _ = new ReturnStore(spool, api.database, new BadAddresses(api.database)).take(new NewReturn(
                bounce, letter.id(), NewReturn.Kind.REPORT, "<>", bounce.id().text(), "", List.of(said), Set.of(), true));
        return letter.id();
    }

    @Override
    public void close() {
        spool.close();
        state.close();
    }
}
