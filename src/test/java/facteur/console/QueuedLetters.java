package facteur.console;

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
import facteur.spool.Attempt;
import facteur.spool.BadAddresses;
import facteur.spool.LeasedLetter;
import facteur.spool.NewReturn;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.ReturnStore;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Letters in the spool of a [ConsoleWorld], about invoices, by Jan. For one thread.
final class QueuedLetters implements AutoCloseable {
    static final String PEER = "smtp.example.net[192.0.2.1]:587, TLSv1.3 with cipher TLS_AES_256_GCM_SHA384";
    private static final RouteId ROUTE = new RouteId("out");

    private final ConsoleWorld world;
    private final StateFolder state;
    private final SqlSpool spool;
    private final QueueIds ids;

    /// @param folder of the database
    QueuedLetters(ConsoleWorld world, Path folder) throws Exception {
        this.world = world;
        state = StateFolder.open(folder);
        spool = SqlSpool.open(state, world.database, 0, world.time, _ -> {});
        ids = new QueueIds(world.time, new Random(1));
    }

    /// One that was accepted, and has rules of its own.
    LeasedLetter accept(String office, String recipient, String... decision) throws Exception {
        var rules = decision.length == 0 ? new String[] {"invoice", "R-1042", "from.shared", "general.company", "v1", ""} : decision;
        var letter = new Letter(
                ids.next(),
                world.time.instant(),
                Provenance.parse("suite", office, rules[0], rules[1], "jan@dupont.example", rules[2], rules[3], rules[4], rules[5], ""),
                new Envelope(
                        ReversePath.of(Address.of("inbox@relay.example")),
                        List.of(Address.of(recipient)),
                        BodyType.SEVEN_BIT,
                        HeaderEncoding.ASCII),
                ReversePath.of(Address.of("jan@dupont.example")),
                new Message(
                        new Header(List.of(
                                HeaderField.of("Message-ID", "<" + ids.next() + "@dupont.example>"),
                                HeaderField.of("From", "Cabinet Dupont <inbox@relay.example>"),
                                HeaderField.of("Reply-To", "Cabinet Dupont <office@dupont.example>"),
                                HeaderField.of("Subject", "SECRET"))),
                        new MemoryBody("Bonjour\r\n".getBytes(StandardCharsets.US_ASCII))));
        return spool.acceptActive(ROUTE, letter);
    }

    QueueId relayed(String office, String recipient) throws Exception {
        var letter = accept(office, recipient);
        end(letter, Recipient.Status.RELAYED, Attempt.Result.RELAYED, "250 2.0.0 Ok: queued as 4F2A");
        return letter.id();
    }

    /// One that left, and came back: a host beyond said so.
    QueueId bounced(String office, String recipient) throws Exception {
        var id = relayed(office, recipient);
        take(office, id, NewReturn.Kind.REPORT, "<>", new NewReturn.Status(
                0, recipient, Action.FAILED, "5.1.1", "550 5.1.1 <script>no such user</script>", "mx.client.example", true));
        return id;
    }

    /// Something that comes back of a letter, a minute later.
    void take(String office, QueueId letter, NewReturn.Kind kind, String sender, NewReturn.Status... said) throws Exception {
        world.time.advance(Duration.ofMinutes(1));
        var itself = new Letter(
                ids.next(),
                world.time.instant(),
                Provenance.parse("", office, "", "", "", "", "", "", "", "", Provenance.Kind.RETURN.text()),
                new Envelope(ReversePath.NULL, List.of(Address.of("b-1@return.example")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII),
                ReversePath.NULL,
                new Message(new Header(List.of()), new MemoryBody(new byte[0])));
        var _ = new ReturnStore(spool, world.database, new BadAddresses(world.database)).take(
                new NewReturn(itself, letter, kind, sender, itself.id().text(), "", List.of(said), Set.of(), true));
    }

    void end(LeasedLetter letter, Recipient.Status status, Attempt.Result result, String reply) throws Exception {
        spool.settle(
                letter,
                letter.recipients().stream().map(recipient -> recipient.with(status, reply)).toList(),
                List.of(new Attempt(1, 0, world.time.instant(), "smarthost", PEER, "end-of-data", result, reply)),
                new QueueState.Ended(world.time.instant()));
    }

    /// One that waits for its second attempt.
    QueueId deferred(String office, String recipient, String reply) throws Exception {
        var letter = accept(office, recipient);
        spool.settle(
                letter,
                letter.recipients().stream().map(each -> each.with(Recipient.Status.PENDING, reply)).toList(),
                List.of(new Attempt(1, 0, world.time.instant(), "smarthost", "", "connect", Attempt.Result.TEMP_FAILED, reply)),
                new QueueState.Deferred(world.time.instant().plus(Duration.ofMinutes(5))));
        return letter.id();
    }

    QueueId deferred(String office, String recipient) throws Exception {
        return deferred(office, recipient, "connection refused");
    }

    @Override
    public void close() {
        spool.close();
        state.close();
    }
}
