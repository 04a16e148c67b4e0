package facteur.returns;

import facteur.intake.SubmissionResult;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Mailbox;
import facteur.mail.returnpath.ReturnAddress;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import facteur.spool.SentLetter;
import facteur.spool.SentLetters;
import facteur.spool.SpoolException;
import java.util.Optional;

/// Relays what people answer, and their programs, to those who answer for the letter: decided when it arrives, since those of the day
/// when the letter left may have gone since.
///
/// Thread-safe; blocks for the database and the settings source.
public final class LateReplies implements Relayed {
    private final SentLetters letters;
    private final WhoAnswers whoAnswers;
    private final ReplyRelay relay;
    private final Journal journal;

    public LateReplies(SentLetters letters, WhoAnswers whoAnswers, ReplyRelay relay, Journal journal) {
        this.letters = letters;
        this.whoAnswers = whoAnswers;
        this.relay = relay;
        this.journal = journal;
    }

    @Override
    public SubmissionResult relay(ReturnAddress to, ArrivedReturn arrived) {
        try {
            var letter = letters.of(to.letter());
            return letter.map(found -> relay(found, arrived))
                    .orElseGet(() -> new SubmissionResult.Refused(Reply.of(550, 1, 1, "This return address is no longer in use")));
        } catch (SpoolException failure) {
            journal.record(new MailEvent.SpoolTrouble(failure.report()));
            return new SubmissionResult.Refused(Reply.of(451, 3, 0, "Spool not available, try again later"));
        }
    }

    private SubmissionResult relay(SentLetter letter, ArrivedReturn arrived) {
        return switch (whoAnswers.of(letter)) {
            case Answerers.Unknown(var reply) -> new SubmissionResult.Refused(reply);
            case Answerers.Known known ->
                relay.relay(new ReplyRelay.Order(
                        arrived,
                        Optional.of(letter.id()),
                        provenance(letter, known),
                        known.people(),
                        known.company().map(Mailbox::address).filter(Address::isAsciiCapable)));
        };
    }

    private static Provenance provenance(SentLetter letter, Answerers.Known known) {
        var said = letter.provenance();
        return Provenance.ofReply(said.office(), said.context(), said.relation(), known.decision());
    }
}
