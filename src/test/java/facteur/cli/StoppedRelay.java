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
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

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
