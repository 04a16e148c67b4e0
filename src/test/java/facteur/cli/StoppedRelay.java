package facteur.cli;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTime;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.returned.Action;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.spool.BadAddresses;
import facteur.spool.Excerpts;
import facteur.spool.NewReturn;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.ReturnStore;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A relay that doesn't run, with letters in its queue: all that most verbs need.
final class StoppedRelay {
    private static final RouteId ROUTE = new RouteId("capture");

    private final RelayFolder relay;
    private final Instant now = Instant.now();
    private final QueueIds ids = new QueueIds(() -> now, new Random(1));

    private StoppedRelay(RelayFolder relay) {
        this.relay = relay;
    }

    /// Captures letters of the office `dupont`.
    static StoppedRelay in(Path folder) {
        return new StoppedRelay(new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing());
    }

    RelayFolder folder() {
        return relay;
    }

    Path state() {
        return relay.state();
    }

    /// A letter that waits for its next attempt, in an hour.
    QueueId deferred(String recipient) throws Exception {
        var letter = letter(recipient);
        try (var state = StateFolder.open(relay.state());
                var database = MigratedDatabase.open(relay.state())) {
            var spool = SqlSpool.open(state, database, 0, new TestTime(), new RecordingJournal());
            try {
                var leased = spool.acceptActive(ROUTE, letter);
                spool.putOff(leased, leased.recipients(), List.of(), now.plus(Duration.ofHours(1)));
            } finally {
                spool.close();
            }
        }
        return letter.id();
    }

    /// A letter that was relayed, and came back.
    QueueId returned(String recipient) throws Exception {
        return returned(recipient, "550 5.1.1 no such user", "");
    }

    /// The same; the report says why in words alone.
    QueueId returnedInWords(String recipient, String words) throws Exception {
        return returned(recipient, "", Excerpts.line(recipient, words));
    }

    private QueueId returned(String recipient, String diagnostic, String text) throws Exception {
        var letter = letter(recipient);
        try (var state = StateFolder.open(relay.state());
                var database = MigratedDatabase.open(relay.state())) {
            var spool = SqlSpool.open(state, database, 0, () -> now, new RecordingJournal());
            try {
                var leased = spool.acceptActive(ROUTE, letter);
                var after = leased.recipients().stream().map(each -> each.with(Recipient.Status.RELAYED, "250 2.0.0 queued")).toList();
                spool.settle(leased, after, List.of(), new QueueState.Ended(now));
                var status = new NewReturn.Status(
                        0, recipient, Action.FAILED, "5.1.1", diagnostic, "mx.client.example", true);
                new ReturnStore(spool, database, new BadAddresses(database)).take(new NewReturn(
                        itself(), letter.id(), NewReturn.Kind.REPORT, "<mailer-daemon@mx.client.example>", "", text, List.of(status), Set.of(),
                        true));
            } finally {
                spool.close();
            }
        }
        return letter.id();
    }

    private Letter itself() {
        var sender = ReversePath.of(Address.of("mailer-daemon@mx.client.example"));
        var provenance = Provenance.ofReturn(new Provenance.Office("dupont"), Provenance.Context.GENERAL, Provenance.Relation.NONE);
        var envelope = new Envelope(sender, List.of(Address.of("b-1@return.example")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        return new Letter(ids.next(), now, provenance, envelope, sender, letter("b-1@return.example").message());
    }

    private Letter letter(String recipient) {
        var envelope = new Envelope(
                ReversePath.of(Address.of("office@dupont.example")), List.of(Address.of(recipient)), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        return new Letter(
                ids.next(),
                now,
                Provenance.parse("local", "dupont", "invoice", "R-1042", "jan@dupont.example", "from.office", "reply-to.responsible", "7", "v57", ""),
                envelope,
                ReversePath.of(Address.of("jan@dupont.example")),
                new Message(
                        Header.parse("Subject: invoice\r\n".getBytes(StandardCharsets.US_ASCII)),
                        new MemoryBody("Good day!\r\n".getBytes(StandardCharsets.US_ASCII))));
    }

    /// Runs a verb.
    ///
    /// @param words of the command line, blanks between
    Ended run(String words) {
        return Command.run(relay.config(), words.split(" "));
    }

    /// @param input on standard input
    Ended run(String words, String input) {
        return Command.runWithInput(input, relay.config(), words.split(" "));
    }
}
