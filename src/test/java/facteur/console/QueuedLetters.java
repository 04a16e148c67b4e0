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
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.spool.Attempt;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

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
