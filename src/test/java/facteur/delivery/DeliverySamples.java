package facteur.delivery;

import facteur.fixture.TestTime;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.spool.Lease;
import facteur.spool.LeasedLetter;
import facteur.spool.Recipient;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Letters and outcomes for tests of the parts of delivery.
final class DeliverySamples {
    static final ReversePath JAN = ReversePath.of("<jan@dupont.example>");
    static final QueueId ID = new QueueId("01m8468qb1dasymv");
    static final Outcome RELAYED = new Outcome.Relayed(Reply.of(250, 0, 0, "taken"), Outcome.SuccessReport.BY_US);
    static final Outcome BUSY = new Outcome.TempFailed(Stage.RCPT, new FailureCause.Answer(Reply.of(450, 2, 1, "later")));
    static final Outcome CLOSING = new Outcome.TempFailed(Stage.END_OF_DATA, new FailureCause.Answer(Reply.of(421, 3, 2, "closing")));
    static final Outcome REFUSED = new Outcome.TempFailed(Stage.CONNECT, new FailureCause.Trouble("refused"));
    static final Outcome NEVER = new Outcome.PermFailed(Stage.RCPT, Reply.of(550, 1, 1, "no such user"));
    static final Outcome IN_DOUBT = new Outcome.InDoubt(new FailureCause.Trouble("lost"));
    static final Outcome NOT_TRIED = new Outcome.NotTried(new FailureCause.Trouble("busy"));

    private DeliverySamples() {}

    static Letter letter(ReversePath originalReversePath, ForwardPath... recipients) {
        var envelope = new Envelope(
                ReversePath.of("<inbox@shared.example>"), List.of(recipients), BodyType.SEVEN_BIT, HeaderEncoding.ASCII, DsnRequest.NONE);
        var message = new Message(new Header(List.of(HeaderField.of("Subject", "test"))), new MemoryBody(new byte[9]));
        var provenance = Provenance.parse("app", "dupont", "", "", "", "from.shared", "general.company", "1", "", "");
        return new Letter(ID, TestTime.START, provenance, envelope, originalReversePath, message);
    }

    static ForwardPath to(String address) {
        return ForwardPath.of(Address.of(address));
    }

    /// To `a@example.com` and so on, tried so often before.
    static LeasedLetter leased(int attempts, String... localParts) {
        var letter = letter(JAN, Stream.of(localParts).map(each -> to(each + "@example.com")).toArray(ForwardPath[]::new));
        return leased(letter, attempts, Optional.empty());
    }

    static LeasedLetter leased(Letter letter, int attempts, Optional<Instant> warnedAt) {
        var recipients = letter.envelope().recipients().stream().map(Recipient::pending).toList();
        return new LeasedLetter(letter, new Lease("test", attempts + 1), attempts, warnedAt, recipients);
    }

    static Reporter reporter(TestTime time) {
        return new Reporter(
                new DsnWriter("relay.example.org", "shared.example", Language.EN),
                new Signer(_ -> List.of(), time),
                new QueueIds(time, new Random(1)),
                ReversePath.NULL);
    }
}
