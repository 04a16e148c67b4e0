package facteur.upstream;

import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.platform.clock.SteadyTime;
import java.util.Collections;
import java.util.List;

/// Hands one letter to one host, over a connection of its own and at once: no pool, no breaker, no second attempt.
/// Immutable; blocks as long as [Timeouts] lets it.
///
/// @param reachedAt name or address to connect to, where that isn't the host that the certificate must name
public record SingleRelay(Smarthost host, String reachedAt, SteadyTime time) {
    /// @return one outcome for each recipient, in order
    public List<Outcome> relay(Envelope envelope, Message message) {
        return switch (new Dialler(host, reachedAt, time).dial()) {
            case Dialler.Dialled.Failed(var outcome, _) -> Collections.nCopies(envelope.recipients().size(), outcome);
            case Dialler.Dialled.Ready(var connection) -> {
                var recipients = new OpenRecipients(envelope);
                var group = new GroupSize(new RecipientLimit(host.recipients(), time));
                var letter = new OutgoingLetter(message, host.eightBit(), SevenBitForm.NONE);
                var transactions = new Transactions(connection, envelope, letter, recipients, group);
                if (transactions.run(Integer.MAX_VALUE, outcomes -> {}) == Transaction.Ending.IN_ORDER) {
                    connection.quit();
                } else {
                    connection.drop();
                }
                yield recipients.outcomes(new Outcome.NotTried(new FailureCause.Trouble("connection at its end")));
            }
        };
    }
}
